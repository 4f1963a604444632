// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

class QuestionsTest {
  private final Questions questions = new Questions(List.of("a.example.com", "b.test."), false);

  @Test
  void namesAreAskedForTheirAddressesInBothFamilies() throws Exception {
    assertEquals("a.example.com. IN A", asked(0));
    assertEquals("b.test. IN A", asked(1));
    assertEquals("a.example.com. IN AAAA", asked(2));
    assertEquals("b.test. IN AAAA", asked(3));
    assertEquals("a.example.com. IN A", asked(4));
  }

  @Test
  void queriesHaveNoIdAndArePaddedIfEncrypted() throws Exception {
    assertEquals(0, new Message(questions.query(0)).getHeader().getID());
    byte[] padded = new Questions(List.of("a.example.com"), true).query(0);
    assertEquals(0, new Message(padded).getHeader().getID());
    assertEquals(128, padded.length);
  }

  @Test
  void onlyTheAnswerToThisTurnCounts() throws Exception {
    Message answer = new Message(questions.query(0));
    assertFalse(questions.isAnswer(0, answer.toWire()));
    answer.getHeader().setFlag(Flags.QR);
    assertTrue(questions.isAnswer(0, answer.toWire()));
    assertFalse(questions.isAnswer(1, answer.toWire()));
    answer.getHeader().setRcode(Rcode.SERVFAIL);
    assertFalse(questions.isAnswer(0, answer.toWire()));
    answer.getHeader().setRcode(Rcode.NXDOMAIN);
    assertTrue(questions.isAnswer(0, answer.toWire()));
    answer.getHeader().setID(1);
    assertFalse(questions.isAnswer(0, answer.toWire()));
    assertFalse(questions.isAnswer(0, new byte[5]));
  }

  @Test
  void namesMustBeNames() {
    assertThrows(IllegalArgumentException.class, () -> new Questions(List.of(), false));
    assertThrows(IllegalArgumentException.class, () -> new Questions(List.of("a..example"), false));
  }

  private String asked(int turn) throws Exception {
    return new Message(questions.query(turn))
        .getQuestion()
        .toString()
        .replaceAll("\\s+", " ")
        .replace(" 0 ", " ");
  }
}
