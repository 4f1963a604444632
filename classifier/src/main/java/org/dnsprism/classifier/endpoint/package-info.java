// SPDX-License-Identifier: Apache-2.0

/** The list of known DNS resolvers: who runs them, and which names and addresses tell them. */
@NullMarked
package org.dnsprism.classifier.endpoint;

import org.jspecify.annotations.NullMarked;
