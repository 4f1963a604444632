// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options from a YAML file: a mapping from an option's long name, without its dashes, to its value
 * or list of values. What the command line says wins.
 */
final class ConfigFile implements IDefaultValueProvider {
  private final String name;
  private final Map<String, Entry> entries = new HashMap<>();

  /** A value and the line on which it stands, counted from 1. */
  private record Entry(String value, int line) {}

  private ConfigFile(String name) {
    this.name = name;
  }

  /** A file that says nothing. */
  static ConfigFile none() {
    return new ConfigFile("");
  }

  /**
   * Reads a file.
   *
   * @param known names of all options
   * @throws CommandException naming file, line and key, when it cannot be used
   */
  static ConfigFile read(Path file, Set<String> known) throws CommandException {
    ConfigFile config = new ConfigFile(file.toString());
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      LoadSettings settings = LoadSettings.builder().setLabel(config.name).build();
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isPresent()) {
        config.addAll(root.get(), known);
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.CONFIGURATION, "the configuration " + file + " cannot be read: " + e, e);
    } catch (MarkedYamlEngineException e) {
      throw config.broken(e.getProblemMark(), String.valueOf(e.getProblem()));
    } catch (YamlEngineException e) {
      throw config.broken(Optional.empty(), String.valueOf(e.getMessage()));
    }
    return config;
  }

  private void addAll(Node root, Set<String> known) throws CommandException {
    if (!(root instanceof MappingNode mapping)) {
      throw broken(root.getStartMark(), "expected 'option: value' lines");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      String option = scalar(key);
      if (!known.contains(option)) {
        throw broken(key.getStartMark(), "no option has the name '" + option + "'");
      }
      Entry entry = new Entry(value(tuple.getValueNode()), line(key.getStartMark()));
      if (entries.put(option, entry) != null) {
        throw broken(key.getStartMark(), "'" + option + "' stands here a second time");
      }
    }
  }

  private String value(Node node) throws CommandException {
    if (!(node instanceof SequenceNode sequence)) {
      return scalar(node);
    }
    List<String> values = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      values.add(scalar(item));
    }
    return String.join(",", values);
  }

  private String scalar(Node node) throws CommandException {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw broken(node.getStartMark(), "expected a word, a number or a list of them");
  }

  private CommandException broken(Optional<Mark> mark, String problem) {
    return new CommandException(ExitCode.CONFIGURATION, name + ':' + line(mark) + ": " + problem);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec option) {
    Entry entry = entry(option);
    return entry == null ? null : entry.value();
  }

  private @Nullable Entry entry(@Nullable ArgSpec argument) {
    return argument instanceof OptionSpec option ? entries.get(key(option)) : null;
  }

  /** Where the value of an option comes from, if it is this file; null otherwise. */
  @Nullable String placeOf(@Nullable ArgSpec argument, String[] args) {
    Entry entry = entry(argument);
    if (entry == null || !(argument instanceof OptionSpec option)) {
      return null;
    }
    boolean onCommandLine = Arrays.stream(args).anyMatch(arg -> arg.startsWith("--" + key(option)));
    return onCommandLine ? null : name + ':' + entry.line() + ": " + key(option);
  }

  /** The name of an option in the file. */
  static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^--", "");
  }
}
