// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dnsprism.classifier.endpoint.EndpointList;
import org.dnsprism.classifier.verdict.Transport;
import org.dnsprism.pipeline.record.SummaryRecord.CountryShare;
import org.dnsprism.pipeline.record.SummaryRecord.OperatorShare;

/** Who received the resolver flows of a run: operators and the countries of their seats. */
final class Receivers {
  private static final int MAX_OPERATORS = 50;

  private final EndpointList endpoints;
  private final Map<Integer, Sums> byOperator = new TreeMap<>();

  Receivers(EndpointList endpoints, Collection<Cell> cells) {
    this.endpoints = endpoints;
    for (Cell cell : cells) {
      if (cell.key().transport().resolverTraffic()) {
        byOperator.computeIfAbsent(cell.key().operator(), any -> new Sums()).add(cell);
      }
    }
  }

  long operatorsSeen() {
    return byOperator.keySet().stream().filter(Receivers::known).count();
  }

  /** The largest operators by flows, and in any case the unknown ones, together as one of them. */
  List<OperatorShare> operators() {
    List<Map.Entry<Integer, Sums>> sorted = new ArrayList<>(byOperator.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<Integer, Sums> entry) -> entry.getValue().flows)
            .reversed()
            .thenComparing(entry -> endpoints.operator(entry.getKey())));
    List<OperatorShare> shares = new ArrayList<>();
    for (Map.Entry<Integer, Sums> entry : sorted) {
      if (shares.size() < MAX_OPERATORS || !known(entry.getKey())) {
        shares.add(share(entry.getKey(), entry.getValue()));
      }
    }
    return List.copyOf(shares);
  }

  /** The countries, those whose operators have most flows first. */
  List<CountryShare> countries() {
    Map<String, CountryShare> byCountry = new TreeMap<>();
    byOperator.forEach(
        (operator, sums) -> {
          String country = endpoints.operatorCountry(operator);
          CountryShare own =
              new CountryShare(country, sums.flows, sums.bytes, known(operator) ? 1 : 0);
          byCountry.merge(country, own, Receivers::sum);
        });
    List<CountryShare> shares = new ArrayList<>(byCountry.values());
    shares.sort(
        Comparator.comparingLong(CountryShare::flows)
            .reversed()
            .thenComparing(CountryShare::country));
    return List.copyOf(shares);
  }

  private static boolean known(int operator) {
    return operator != 0;
  }

  private static CountryShare sum(CountryShare a, CountryShare b) {
    return new CountryShare(
        a.country(), a.flows() + b.flows(), a.bytes() + b.bytes(), a.operators() + b.operators());
  }

  private OperatorShare share(int operator, Sums sums) {
    return new OperatorShare(
        endpoints.operator(operator),
        endpoints.operatorCountry(operator),
        sums.flows,
        sums.bytes,
        sums.queries,
        sums.encryptedFlows(),
        sums.clients.estimate(),
        sums.transports(),
        sums.queriesLow,
        sums.queriesHigh);
  }

  private static final class Sums {
    private long flows;
    private long bytes;
    private long queries;
    private long queriesLow;
    private long queriesHigh;
    private final Map<Transport, Long> flowsByTransport = new TreeMap<>();
    private final ClientSketch clients = new ClientSketch();

    void add(Cell cell) {
      flows += cell.flows;
      bytes += cell.clientBytes + cell.serverBytes;
      boolean estimated = cell.key().transport().estimated();
      queries += cell.queries;
      queriesLow += estimated ? cell.queriesLow : cell.queries;
      queriesHigh += estimated ? cell.queriesHigh : cell.queries;
      flowsByTransport.merge(cell.key().transport(), cell.flows, Long::sum);
      clients.addAll(cell.clients);
    }

    long encryptedFlows() {
      long sum = 0;
      for (Map.Entry<Transport, Long> entry : flowsByTransport.entrySet()) {
        sum += entry.getKey().encrypted() ? entry.getValue() : 0;
      }
      return sum;
    }

    Map<String, Long> transports() {
      Map<String, Long> byLabel = new LinkedHashMap<>();
      flowsByTransport.forEach((transport, count) -> byLabel.put(transport.label(), count));
      return byLabel;
    }
  }
}
