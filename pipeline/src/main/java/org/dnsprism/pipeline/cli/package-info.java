// SPDX-License-Identifier: Apache-2.0

/** The command line: options, exit codes, what a person sees. */
@NullMarked
package org.dnsprism.pipeline.cli;

import org.jspecify.annotations.NullMarked;
