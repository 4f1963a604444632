// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.window;

import java.time.InstantSource;
import java.util.List;

/**
 * How a live run is done.
 *
 * @param interfaces names for the summary
 * @param time tells the time
 * @param stop ends the sources when a worker fails
 * @param shed whether clients are left out when rings fill
 * @param observer is told once a second how the run stands
 */
public record LiveSettings(
    List<String> interfaces,
    InstantSource time,
    Runnable stop,
    boolean shed,
    LiveObserver observer) {}
