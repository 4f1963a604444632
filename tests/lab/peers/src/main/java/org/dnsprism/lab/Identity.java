// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import java.nio.file.Path;

/**
 * What a server proves itself with.
 *
 * @param certificates PEM file with its certificate first and the chain after it
 * @param key PEM file with the private key, PKCS #8, not encrypted
 */
record Identity(Path certificates, Path key) {}
