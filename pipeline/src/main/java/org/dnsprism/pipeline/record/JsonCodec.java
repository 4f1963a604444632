// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.pipeline.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records as JSON and back: one object, names in snake_case, the head's fields first, then the
 * body's in the order of their declaration, then {@code delivery}; absent values are left out.
 * Thread-safe.
 */
public final class JsonCodec {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private static final String DELIVERY = "delivery";

  private JsonCodec() {}

  /** The record on one line, without a line break, in UTF-8. */
  public static byte[] encode(Envelope envelope) {
    ObjectNode node = MAPPER.valueToTree(envelope.head());
    ObjectNode body = MAPPER.valueToTree(envelope.body());
    node.setAll(body);
    if (envelope.delivery() != null) {
      node.set(DELIVERY, MAPPER.valueToTree(envelope.delivery()));
    }
    return MAPPER.writeValueAsBytes(node);
  }

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException in one line, when the bytes are no record of a known kind
   */
  public static Envelope decode(byte[] json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      Head head = MAPPER.treeToValue(node, Head.class);
      for (Body.Kind kind : Body.Kind.values()) {
        if (kind.label().equals(head.record())) {
          return new Envelope(head, MAPPER.treeToValue(node, kind.type()), delivery(node));
        }
      }
      throw new IllegalArgumentException("no record of a known kind: " + head.record());
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a record: " + e.getOriginalMessage(), e);
    }
  }

  private static @Nullable Map<String, Delivery> delivery(JsonNode node) {
    JsonNode delivery = node.get(DELIVERY);
    return delivery == null ? null : MAPPER.convertValue(delivery, new TypeReference<>() {});
  }
}
