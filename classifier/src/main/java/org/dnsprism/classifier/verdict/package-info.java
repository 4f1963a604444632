// SPDX-License-Identifier: Apache-2.0

/** Evidence, the rules table that weighs it, and the verdict. */
@NullMarked
package org.dnsprism.classifier.verdict;

import org.jspecify.annotations.NullMarked;
