package dev.gantry.rehearsal.auth;

import java.math.BigInteger;

/**
 * The cipher Blowfish with the expensive key schedule of bcrypt (Provos and Mazières, "A
 * Future-Adaptable Password Scheme", 1999). The tables begin as the fractional digits of pi, which
 * are computed here instead of being listed.
 */
final class Blowfish {
  private static final int ROUNDS = 16;
  private static final int SUBKEYS = ROUNDS + 2;
  private static final int BOXES = 4 * 256;
  private static final int[] PI = fractionOfPi(SUBKEYS + BOXES);

  private final int[] subkeys = new int[SUBKEYS];
  private final int[] boxes = new int[BOXES];

  /** The key schedule: 2 to the power of {@code cost} rounds of key and salt. */
  Blowfish(byte[] key, byte[] salt, int cost) {
    System.arraycopy(PI, 0, subkeys, 0, SUBKEYS);
    System.arraycopy(PI, SUBKEYS, boxes, 0, BOXES);
    expand(key, salt);
    byte[] zero = new byte[salt.length];
    for (long round = 0; round < 1L << cost; round++) {
      expand(key, zero);
      expand(salt, zero);
    }
  }

  private void expand(byte[] key, byte[] salt) {
    for (int i = 0, at = 0; i < SUBKEYS; i++, at += 4) {
      subkeys[i] ^= word(key, at);
    }
    int[] block = new int[2];
    int at = 0;
    for (int i = 0; i < SUBKEYS + BOXES; i += 2) {
      block[0] ^= word(salt, at);
      block[1] ^= word(salt, at + 4);
      at += 8;
      encrypt(block, 0);
      var target = i < SUBKEYS ? subkeys : boxes;
      int index = i < SUBKEYS ? i : i - SUBKEYS;
      target[index] = block[0];
      target[index + 1] = block[1];
    }
  }

  /** Four bytes from here on, the text being repeated without end. */
  private static int word(byte[] text, int at) {
    int word = 0;
    for (int i = 0; i < 4; i++) {
      word = word << 8 | text[(at + i) % text.length] & 0xff;
    }
    return word;
  }

  /** Encrypts the two words from here on in place. */
  void encrypt(int[] block, int at) {
    int left = block[at];
    int right = block[at + 1];
    for (int i = 0; i < ROUNDS; i++) {
      left ^= subkeys[i];
      right ^= mix(left);
      int swapped = left;
      left = right;
      right = swapped;
    }
    block[at] = right ^ subkeys[ROUNDS + 1];
    block[at + 1] = left ^ subkeys[ROUNDS];
  }

  private int mix(int word) {
    int sum = boxes[word >>> 24] + boxes[0x100 + (word >>> 16 & 0xff)];
    return (sum ^ boxes[0x200 + (word >>> 8 & 0xff)]) + boxes[0x300 + (word & 0xff)];
  }

  /** The first words of pi behind the point, by Machin's formula. */
  private static int[] fractionOfPi(int words) {
    int guard = 64;
    int bits = words * 32;
    var one = BigInteger.ONE.shiftLeft(bits + guard);
    var pi =
        arccotangent(5, one)
            .multiply(BigInteger.valueOf(16))
            .subtract(arccotangent(239, one).multiply(BigInteger.valueOf(4)))
            .shiftRight(guard);
    var fraction = new int[words];
    for (int i = 0; i < words; i++) {
      fraction[i] = pi.shiftRight(bits - 32 * (i + 1)).intValue();
    }
    return fraction;
  }

  private static BigInteger arccotangent(int x, BigInteger one) {
    var square = BigInteger.valueOf((long) x * x);
    var power = one.divide(BigInteger.valueOf(x));
    var sum = power;
    for (long n = 3; power.signum() != 0; n += 2) {
      power = power.divide(square);
      var term = power.divide(BigInteger.valueOf(n));
      sum = n % 4 == 3 ? sum.subtract(term) : sum.add(term);
    }
    return sum;
  }
}
