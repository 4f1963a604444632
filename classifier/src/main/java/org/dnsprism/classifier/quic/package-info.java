// SPDX-License-Identifier: Apache-2.0

/** QUIC Initial packets, their protection and the CRYPTO stream in them. */
@NullMarked
package org.dnsprism.classifier.quic;

import org.jspecify.annotations.NullMarked;
