// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.report;

/**
 * How a report may look.
 *
 * @param width columns that a line may take, 60 or more
 * @param color whether ANSI colours are written
 * @param unicode whether characters outside ASCII are written
 */
public record ReportStyle(int width, boolean color, boolean unicode) {}
