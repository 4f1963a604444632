// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

/**
 * A record as it leaves the process.
 *
 * @param head whose record it is, and which
 * @param body what it says
 */
public record Envelope(Head head, Body body) {}
