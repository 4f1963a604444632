// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.endpoint.EndpointListException;
import org.dnsprism.classifier.endpoint.EndpointSource;
import org.dnsprism.classifier.flow.Role;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.SummaryRecord.CountryShare;
import org.dnsprism.pipeline.record.SummaryRecord.OperatorShare;
import org.junit.jupiter.api.Test;

class ReceiversTest {
  private static final int OPERATORS = 60;

  private final EndpointList endpoints = endpoints();
  private final List<Cell> cells = new ArrayList<>();

  @Test
  void operatorsAreSummedOverTransports() {
    add(Transport.DOT, 1, 5);
    add(Transport.DO53_UDP, 1, 7);
    add(Transport.DO53_UDP, 2, 20);
    List<OperatorShare> operators = new Receivers(endpoints, cells).operators();
    assertEquals(
        List.of(endpoints.operator(2), endpoints.operator(1)),
        operators.stream().map(OperatorShare::operator).toList());
    OperatorShare second = operators.get(1);
    assertEquals(12, second.flows());
    assertEquals(5, second.encryptedFlows());
    assertEquals(12 * 100, second.bytes());
    assertEquals(Map.of("do53-udp", 7L, "dot", 5L), second.transports());
  }

  @Test
  void trafficApartIsNotCounted() {
    add(Transport.MDNS, 0, 9);
    add(Transport.SUSPECTED, 1, 9);
    Receivers receivers = new Receivers(endpoints, cells);
    assertEquals(List.of(), receivers.operators());
    assertEquals(List.of(), receivers.countries());
    assertEquals(0, receivers.operatorsSeen());
  }

  @Test
  void countriesSumTheirOperatorsAndTheUnknownOneIsNone() {
    add(Transport.DOT, 0, 4);
    for (int operator = 1; operator <= OPERATORS; operator++) {
      add(Transport.DOH, operator, 1);
    }
    Receivers receivers = new Receivers(endpoints, cells);
    assertEquals(
        List.of(
            new CountryShare("DE", 30, 3000, 30),
            new CountryShare("FR", 30, 3000, 30),
            new CountryShare("ZZ", 4, 400, 0)),
        receivers.countries());
    assertEquals(OPERATORS, receivers.operatorsSeen());
  }

  @Test
  void unknownOperatorsAreToldHoweverSmall() {
    add(Transport.DOT, 0, 1);
    for (int operator = 1; operator <= OPERATORS; operator++) {
      add(Transport.DOH, operator, 100 + operator);
    }
    List<OperatorShare> operators = new Receivers(endpoints, cells).operators();
    assertEquals(51, operators.size());
    assertEquals("unknown", operators.get(50).operator());
    assertTrue(operators.get(0).flows() > operators.get(49).flows());
  }

  private void add(Transport transport, int operator, long flows) {
    Cell cell = new Cell(new CellKey(transport, operator, 0, 0, 128, true, Role.UNKNOWN, false));
    cell.flows = flows;
    cell.clientBytes = 60 * flows;
    cell.serverBytes = 40 * flows;
    cells.add(cell);
  }

  private static EndpointList endpoints() {
    StringBuilder list = new StringBuilder("kind\tvalue\toperator\toperator_country\n");
    for (int i = 0; i < OPERATORS; i++) {
      String country = i % 2 == 0 ? "DE" : "FR";
      list.append("exact\tdns" + i + ".example\tOperator " + i + "\t" + country + "\n");
    }
    try {
      return EndpointList.parse(
          List.of(new EndpointSource("test", new StringReader(list.toString()))));
    } catch (EndpointListException e) {
      throw new AssertionError(e);
    }
  }
}
