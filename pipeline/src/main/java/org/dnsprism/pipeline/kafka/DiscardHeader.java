// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.dnsprism.pipeline.spool.Discard;
import org.dnsprism.pipeline.spool.Source;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells consumers, in a header of a message that does arrive, which records never will. */
final class DiscardHeader {
  /** The header's key; a message can have several. */
  static final String KEY = "dnsprism-discarded";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private DiscardHeader() {}

  static Header of(Discard discard) {
    String json =
        MAPPER
            .createObjectNode()
            .put("agent", discard.source().agent())
            .put("run", discard.source().run())
            .put("record", discard.source().kind())
            .put("first_seq", discard.firstSeq())
            .put("last_seq", discard.lastSeq())
            .put("cause", discard.cause().label())
            .toString();
    return new RecordHeader(KEY, json.getBytes(StandardCharsets.UTF_8));
  }

  /** What a message tells; headers that cannot be read tell nothing. */
  static List<Discard> read(Headers headers) {
    List<Discard> discards = new ArrayList<>();
    for (Header header : headers.headers(KEY)) {
      Discard discard = read(header.value());
      if (discard != null) {
        discards.add(discard);
      }
    }
    return discards;
  }

  private static @Nullable Discard read(byte[] json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      Source source =
          new Source(
              node.path("agent").asString(),
              node.path("run").asString(),
              node.path("record").asString());
      return new Discard(
          source,
          node.path("first_seq").asLong(),
          node.path("last_seq").asLong(),
          Discard.Cause.of(node.path("cause").asString()));
    } catch (JacksonException | IllegalArgumentException e) {
      return null; // then the records that it was about count as missing
    }
  }
}
