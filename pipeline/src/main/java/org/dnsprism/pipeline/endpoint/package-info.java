// SPDX-License-Identifier: Apache-2.0

/**
 * The files that the endpoint list is made of: read, watched for changes, and brought up to date.
 */
@NullMarked
package org.dnsprism.pipeline.endpoint;

import org.jspecify.annotations.NullMarked;
