// SPDX-License-Identifier: Apache-2.0

/** TLS records and the ClientHello. */
@NullMarked
package org.dnsprism.classifier.tls;

import org.jspecify.annotations.NullMarked;
