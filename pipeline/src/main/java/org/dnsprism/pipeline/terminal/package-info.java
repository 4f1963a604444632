// SPDX-License-Identifier: Apache-2.0

/** Text laid out for a terminal of known width: styled lines, tables, bars and paragraphs. */
@NullMarked
package org.dnsprism.pipeline.terminal;

import org.jspecify.annotations.NullMarked;
