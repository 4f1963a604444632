# SPDX-License-Identifier: Apache-2.0
"""What the laboratory's programs share: capture files, addresses, packets, truth."""
