// SPDX-License-Identifier: Apache-2.0

/** DNS messages in cleartext HTTP. */
@NullMarked
package org.dnsprism.classifier.http;

import org.jspecify.annotations.NullMarked;
