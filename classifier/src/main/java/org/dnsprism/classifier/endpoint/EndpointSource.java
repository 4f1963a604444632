// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.io.Reader;

/**
 * Text of an endpoint list and the name to give it in messages.
 *
 * @param name file name or the like, shown as {@code name:line}
 * @param reader the text; read to its end and not closed
 */
public record EndpointSource(String name, Reader reader) {}
