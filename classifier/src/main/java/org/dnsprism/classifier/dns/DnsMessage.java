// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.dns;

/** A DNS message (RFC 1035, section 4) as it stands on the wire: a flyweight that is reused. */
public final class DnsMessage {}
