// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.util.List;

/**
 * Endpoint lists cannot be used. The message is one line that says where and why; where there is
 * more than one problem it tells the first and how many others there are.
 */
public final class EndpointListException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * What is wrong with a line.
   *
   * @param source name of the list
   * @param line counted from 1
   * @param what is wrong, in one line
   */
  public record Problem(String source, int line, String what) {
    /** File, line and problem, as compilers write it. */
    @Override
    public String toString() {
      return source + ':' + line + ": " + what;
    }
  }

  EndpointListException(List<Problem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  private static String message(List<Problem> problems) {
    String first = problems.get(0).toString();
    int others = problems.size() - 1;
    return others == 0 ? first : first + " (and " + others + " more)";
  }

  /** All problems in the order of lists and lines, at least one; a bounded number of each list. */
  public List<Problem> problems() {
    return problems;
  }
}
