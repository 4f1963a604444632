// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.classifier.endpoint;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of one list file.
 *
 * @param rules the rules by key
 * @param removals keys that the file takes away from the lists under it
 * @param countries seat of each operator for which the file states one
 * @param version version that the file gives itself, if any
 * @param staleAfter day from which the file calls itself too old, if any
 */
record ListLayer(
    Map<RuleKey, Endpoint> rules,
    Set<RuleKey> removals,
    Map<String, String> countries,
    @Nullable String version,
    @Nullable LocalDate staleAfter) {}
