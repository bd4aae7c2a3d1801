package dev.gantry.rehearsal.auth;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signed tokens (RFC 7519) with the claims of Docker's token specification. The key lives as long
 * as this object.
 */
final class Jwt {
  private interface Signing {
    byte[] sign(byte[] text) throws GeneralSecurityException;

    boolean verify(byte[] text, byte[] signature) throws GeneralSecurityException;
  }

  private final String algorithm;
  private final Signing signing;

  private Jwt(String algorithm, Signing signing) {
    this.algorithm = algorithm;
    this.signing = signing;
  }

  /** Tokens signed with a shared secret, HMAC with SHA-256. */
  static Jwt hs256() {
    var secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    var key = new SecretKeySpec(secret, "HmacSHA256");
    return new Jwt(
        "HS256",
        new Signing() {
          @Override
          public byte[] sign(byte[] text) throws GeneralSecurityException {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text);
          }

          @Override
          public boolean verify(byte[] text, byte[] signature) throws GeneralSecurityException {
            return MessageDigest.isEqual(sign(text), signature);
          }
        });
  }

  /** Tokens signed with an elliptic curve key, ECDSA on P-256 with SHA-256. */
  static Jwt es256() {
    var pair = curveKey();
    return new Jwt(
        "ES256",
        new Signing() {
          @Override
          public byte[] sign(byte[] text) throws GeneralSecurityException {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(text);
            return signature.sign();
          }

          @Override
          public boolean verify(byte[] text, byte[] given) throws GeneralSecurityException {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(pair.getPublic());
            signature.update(text);
            return signature.verify(given);
          }
        });
  }

  private static KeyPair curveKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has P-256", e);
    }
  }

  String write(Grant grant, String service) {
    var header = new JsonObject();
    header.addProperty("typ", "JWT");
    header.addProperty("alg", algorithm);
    var claims = new JsonObject();
    claims.addProperty("iss", service);
    claims.addProperty("sub", grant.user());
    claims.addProperty("aud", service);
    claims.addProperty("iat", grant.issued().getEpochSecond());
    claims.addProperty("nbf", grant.issued().getEpochSecond());
    claims.addProperty("exp", grant.expires().getEpochSecond());
    claims.addProperty("jti", Long.toString(grant.serial()));
    var access = new JsonArray();
    for (var scope : grant.scopes()) {
      var entry = new JsonObject();
      entry.addProperty("type", scope.type());
      entry.addProperty("name", scope.name());
      var actions = new JsonArray();
      scope.actions().forEach(actions::add);
      entry.add("actions", actions);
      access.add(entry);
    }
    claims.add("access", access);
    var text = encode(header.toString()) + "." + encode(claims.toString());
    try {
      return text + "." + encode(signing.sign(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with " + algorithm + " failed", e);
    }
  }

  /** What a token says, if it was signed here; whether it has expired is for the caller to see. */
  Optional<Grant> read(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var text = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      if (!signing.verify(text, Base64.getUrlDecoder().decode(parts[2]))) {
        return Optional.empty();
      }
      return Optional.of(grant(object(parts[1])));
    } catch (GeneralSecurityException
        | IllegalArgumentException
        | IllegalStateException
        | JsonParseException _) {
      return Optional.empty();
    }
  }

  private static Grant grant(JsonObject claims) {
    List<Scope> scopes = new ArrayList<>();
    for (var entry : claims.getAsJsonArray("access")) {
      var access = entry.getAsJsonObject();
      var actions = new ArrayList<String>();
      access.getAsJsonArray("actions").forEach(action -> actions.add(action.getAsString()));
      scopes.add(
          new Scope(
              access.get("type").getAsString(),
              access.get("name").getAsString(),
              new java.util.LinkedHashSet<>(actions)));
    }
    return new Grant(
        Long.parseLong(claims.get("jti").getAsString()),
        claims.get("sub").getAsString(),
        scopes,
        Instant.ofEpochSecond(claims.get("iat").getAsLong()),
        Instant.ofEpochSecond(claims.get("exp").getAsLong()));
  }

  private static JsonObject object(String part) {
    var bytes = Base64.getUrlDecoder().decode(part);
    return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
