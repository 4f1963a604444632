// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.dnsprism.capture.CapturePermissionException;
import org.dnsprism.capture.DamagedCaptureException;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.pipeline.sink.SinkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one line on standard error and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final ConfigFile config;

  Failures(ConfigFile config) {
    this.config = config;
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    return report(thrown, command);
  }

  @Override
  public int handleParseException(ParameterException thrown, String[] args) {
    CommandLine command = thrown.getCommandLine();
    String place = config.placeOf(thrown.getArgSpec(), args);
    if (place != null) {
      print(command, place + ": " + thrown.getMessage());
      return ExitCode.CONFIGURATION;
    }
    print(
        command,
        thrown.getMessage() + " (see '" + command.getCommandSpec().qualifiedName() + " --help')");
    return ExitCode.USAGE;
  }

  private static int report(Exception thrown, CommandLine command) {
    CommandException failure = asCommandException(thrown);
    print(command, String.valueOf(failure.getMessage()));
    LOG.debug("details", thrown);
    return failure.exitCode();
  }

  private static void print(CommandLine command, String message) {
    command.getErr().println("dnsprism: " + oneLine(message));
    command.getErr().flush();
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  static CommandException asCommandException(Exception thrown) {
    if (thrown instanceof CommandException known) {
      return known;
    }
    if (thrown instanceof SinkException sink) {
      return new CommandException(exitCode(sink.kind()), message(sink), sink);
    }
    if (thrown instanceof EndpointListException list) {
      return new CommandException(ExitCode.CONFIGURATION, message(list), list);
    }
    if (thrown instanceof IOException io) {
      return ofInput(io);
    }
    return new CommandException(
        ExitCode.INTERNAL,
        "internal error: " + thrown + "; --log-level debug shows where, please report it",
        thrown);
  }

  private static int exitCode(SinkException.Cause cause) {
    return switch (cause) {
      case OUTPUT -> ExitCode.OUTPUT;
      case UNAVAILABLE -> ExitCode.UNAVAILABLE;
      case CONFIGURATION -> ExitCode.CONFIGURATION;
    };
  }

  private static CommandException ofInput(IOException thrown) {
    if (thrown instanceof NoSuchFileException missing) {
      return new CommandException(
          ExitCode.NO_INPUT, "no such capture file: " + missing.getFile(), thrown);
    }
    if (thrown instanceof AccessDeniedException denied) {
      return new CommandException(
          ExitCode.NO_PERMISSION,
          "no permission to read %s; to grant it: sudo chmod o+r '%s'"
              .formatted(denied.getFile(), denied.getFile()),
          thrown);
    }
    if (thrown instanceof CapturePermissionException) {
      return new CommandException(
          ExitCode.NO_PERMISSION,
          message(thrown)
              + "; to grant it: sudo setpriv --reuid $(id -u) --regid $(id -g) --init-groups"
              + " --inh-caps +net_raw --ambient-caps +net_raw ./dnsprism live ...",
          thrown);
    }
    return new CommandException(
        thrown instanceof DamagedCaptureException ? ExitCode.DAMAGED_INPUT : ExitCode.NO_INPUT,
        message(thrown),
        thrown);
  }

  private static String message(Exception thrown) {
    String message = thrown.getMessage();
    return message == null ? thrown.toString() : message;
  }
}
