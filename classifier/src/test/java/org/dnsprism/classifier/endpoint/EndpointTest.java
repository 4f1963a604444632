// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EndpointTest {
  @Test
  void protocolIsServedOnItsPortsOnly() throws Exception {
    Endpoint endpoint = of("dot:853,dot:8853");
    assertTrue(endpoint.serves(EndpointProtocol.DOT));
    assertTrue(endpoint.serves(EndpointProtocol.DOT, 8853));
    assertFalse(endpoint.serves(EndpointProtocol.DOT, 443));
    assertFalse(endpoint.serves(EndpointProtocol.DOQ));
    assertFalse(endpoint.serves(EndpointProtocol.DOQ, 853));
  }

  @Test
  void dohDoesNotBindTheHttpVersion() throws Exception {
    assertTrue(of("doh:8443").serves(EndpointProtocol.DOH3, 8443));
    assertTrue(of("doh3:443").serves(EndpointProtocol.DOH, 443));
    assertFalse(of("doh:8443").serves(EndpointProtocol.DOH3, 443));
    assertFalse(of("dot:443").serves(EndpointProtocol.DOH, 443));
  }

  private static Endpoint of(String protocols) throws EndpointListException {
    return Lists.list("kind value operator protocols", "exact r.test Op " + protocols).endpoint(0);
  }
}
