// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.cli;

import java.util.stream.Collectors;
import org.dnsprism.classifier.endpoint.Endpoint;
import org.dnsprism.classifier.endpoint.ServedPort;

/** A rule of the endpoint list on one line, its fields separated by tabs as in list files. */
final class EndpointLine {
  /** Names of the columns. */
  static final String HEADER =
      "kind\tvalue\toperator\toperator_country\tprotocols\tsharing\ttier\tlast_seen\tsources";

  private EndpointLine() {}

  static String of(Endpoint rule) {
    return String.join(
        "\t",
        rule.kind().label(),
        rule.value(),
        rule.operator(),
        rule.operatorCountry(),
        rule.services().stream().map(ServedPort::toString).collect(Collectors.joining(",")),
        rule.sharing().label(),
        rule.tier().label(),
        rule.lastSeen() == null ? "" : rule.lastSeen().toString(),
        rule.provenance());
  }
}
