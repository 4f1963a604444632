// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where the program starts. */
public final class Main {
  private static final String CONFIG = "--config";

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs a command.
   *
   * @return the exit code
   */
  public static int run(String... args) {
    CommandLine command = commandLine();
    ConfigFile config = ConfigFile.none();
    Path file = configFile(args);
    if (file != null) {
      try {
        config = ConfigFile.read(file, optionNames(command.getCommandSpec()));
      } catch (CommandException e) {
        System.err.println("dnsprism: " + e.getMessage());
        return e.exitCode();
      }
    }
    Failures failures = new Failures(config);
    return command
        .setDefaultValueProvider(config)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(args);
  }

  private static CommandLine commandLine() {
    CommandLine command = new CommandLine(new RootCommand());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setUsageHelpWidth(Terminal.width());
    addHelp(command);
    return command;
  }

  private static void addHelp(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true);
    command.getSubcommands().values().forEach(Main::addHelp);
  }

  private static @Nullable Path configFile(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(CONFIG) && i + 1 < args.length) {
        return Path.of(args[i + 1]);
      }
      if (args[i].startsWith(CONFIG + "=")) {
        return Path.of(args[i].substring(CONFIG.length() + 1));
      }
    }
    return null;
  }

  private static Set<String> optionNames(CommandSpec spec) {
    Set<String> names = new HashSet<>();
    for (OptionSpec option : spec.options()) {
      names.add(ConfigFile.key(option));
    }
    spec.subcommands().values().forEach(sub -> names.addAll(optionNames(sub.getCommandSpec())));
    return names;
  }
}
