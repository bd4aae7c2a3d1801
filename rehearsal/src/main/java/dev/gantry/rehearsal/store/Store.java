package dev.gantry.rehearsal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A registry's folder. Content gets its digest as a name only when it is whole and on the disk, a
 * link to it after that, a tag last; so a process that dies at any moment leaves at most content
 * that nothing links to, which the next start removes.
 *
 * <pre>
 * registry            says that this folder is a store, and of which layout
 * lock                held by the process that serves it
 * content/sha256/ab/  bytes by digest
 * repositories/NAME/  _blobs, _manifests (the media type), _tags (the digest)
 * sessions/           uploads under way: the bytes, and whose they are
 * temporary/          drafts
 * </pre>
 */
public final class Store implements AutoCloseable {
  private static final String MARK = "gantry registry store, layout 1\n";

  private final Path root;
  private final Disk disk;
  private final Contents contents;
  private final FileChannel lock;
  private final boolean removed;
  private final ConcurrentMap<String, StoredRepository> repositories =
      new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();

  private Store(Path root, FileChannel lock, boolean removed) {
    this.root = root;
    this.lock = lock;
    this.removed = removed;
    this.disk = new Disk(root.resolve("temporary"), !removed);
    this.contents = new Contents(root.resolve("content"), disk);
  }

  /**
   * A store in this folder, which is made if it is not there.
   *
   * @param sessionsLive how long an upload session that nobody writes to is kept
   * @throws IOException if the folder holds something else or is being served by another process
   */
  public static Store open(Path root, Duration sessionsLive) throws IOException {
    var absolute = root.toAbsolutePath().normalize();
    Files.createDirectories(absolute);
    var mark = absolute.resolve("registry");
    if (!Files.exists(mark) && Disk.list(absolute).findAny().isPresent()) {
      throw new IOException(
          absolute + " is not empty and no registry store; name an empty folder or a new one");
    }
    if (Files.exists(mark) && !Files.readString(mark).equals(MARK)) {
      throw new IOException(absolute + " is a registry store of another layout");
    }
    return open(absolute, false, sessionsLive);
  }

  /** A store in a new folder that is removed at the end. */
  public static Store temporary(Duration sessionsLive) throws IOException {
    return open(Files.createTempDirectory("gantry-registry-"), true, sessionsLive);
  }

  private static Store open(Path root, boolean removed, Duration sessionsLive) throws IOException {
    var store = new Store(root, lock(root), removed);
    Files.createDirectories(root.resolve("repositories"));
    Files.createDirectories(root.resolve("sessions"));
    Files.createDirectories(root.resolve("temporary"));
    for (var draft : Disk.list(root.resolve("temporary")).toList()) {
      Files.delete(draft);
    }
    store.disk.write(root.resolve("registry"), MARK.getBytes(StandardCharsets.UTF_8));
    store.loadRepositories(root.resolve("repositories"), "");
    store.contents.sweep();
    store.loadSessions(sessionsLive);
    return store;
  }

  private static FileChannel lock(Path root) throws IOException {
    var channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Optional<FileLock> held;
    try {
      held = Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException _) {
      held = Optional.empty();
    }
    if (held.isEmpty()) {
      channel.close();
      throw new IOException(root + " is being served by another registry");
    }
    return channel;
  }

  private void loadRepositories(Path folder, String name) throws IOException {
    boolean repository = false;
    for (var entry : Disk.list(folder).toList()) {
      var part = entry.getFileName().toString();
      if (part.startsWith("_")) {
        repository = true;
      } else {
        loadRepositories(entry, name.isEmpty() ? part : name + "/" + part);
      }
    }
    if (repository) {
      var found = new StoredRepository(name, folder, contents, disk);
      found.load();
      repositories.put(name, found);
    }
  }

  /** Sessions of an earlier process go on where they stand, unless nobody wrote for too long. */
  private void loadSessions(Duration live) throws IOException {
    var oldest = Instant.now().minus(live);
    for (var file : Disk.list(root.resolve("sessions")).toList()) {
      var id = file.getFileName().toString();
      if (id.endsWith(".owner")) {
        continue;
      }
      var owner = file.resolveSibling(id + ".owner");
      if (!Files.exists(owner) || Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
        Files.deleteIfExists(file);
        Files.deleteIfExists(owner);
        continue;
      }
      var lines = Files.readAllLines(owner);
      var algorithm = Digest.Algorithm.named(lines.get(1)).orElse(Digest.Algorithm.SHA256);
      sessions.put(id, new Session(id, lines.get(0), file, disk, algorithm));
    }
    for (var owner : Disk.list(root.resolve("sessions")).toList()) {
      var name = owner.getFileName().toString();
      if (name.endsWith(".owner") && !sessions.containsKey(name.replace(".owner", ""))) {
        Files.deleteIfExists(owner);
      }
    }
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** A repository that something was put into. */
  public Optional<StoredRepository> repository(String name) {
    return Optional.ofNullable(repositories.get(name));
  }

  /** A repository to put something into. The name has been checked. */
  public StoredRepository repositoryToWrite(String name) {
    return repositories.computeIfAbsent(
        name,
        _ ->
            new StoredRepository(name, root.resolve("repositories").resolve(name), contents, disk));
  }

  /** The names of all repositories, in the order of their bytes. */
  public List<String> names() {
    return List.copyOf(repositories.keySet());
  }

  /** Bytes of all content, each digest counted once. */
  public long contentSize() {
    return contents.size();
  }

  /** Any repository that holds this blob. */
  public Optional<StoredRepository> holder(Digest digest) {
    return repositories.values().stream()
        .filter(repository -> repository.blob(digest).isPresent())
        .findFirst();
  }

  /** A new upload session. */
  public Session open(String repository, Digest.Algorithm algorithm) throws IOException {
    var id = UUID.randomUUID().toString();
    var file = root.resolve("sessions").resolve(id);
    disk.write(
        file.resolveSibling(id + ".owner"),
        (repository + "\n" + algorithm + "\n").getBytes(StandardCharsets.UTF_8));
    Files.createFile(file);
    var session = new Session(id, repository, file, disk, algorithm);
    sessions.put(id, session);
    return session;
  }

  /** The session with this id in this repository, if it is still open. */
  public Optional<Session> session(String repository, String id) {
    return Optional.ofNullable(sessions.get(id))
        .filter(session -> session.repository().equals(repository));
  }

  /** Ends a session: into its repository, or false if the content has another digest. */
  public boolean finish(Session session, Digest digest) throws IOException {
    try {
      return session.finish(digest, () -> repositoryToWrite(session.repository()));
    } finally {
      forget(session);
    }
  }

  /** Throws a session and what it received away. */
  public void discard(Session session) throws IOException {
    session.discard();
    forget(session);
  }

  /** Throws every session away, as a registry does that kept them in memory and was restarted. */
  public void discardSessions() throws IOException {
    for (var session : List.copyOf(sessions.values())) {
      discard(session);
    }
  }

  /** Upload sessions under way. */
  public int openSessions() {
    return sessions.size();
  }

  private void forget(Session session) throws IOException {
    sessions.remove(session.id());
    disk.delete(root.resolve("sessions").resolve(session.id() + ".owner"));
  }

  /** What is not as it must be: wrong digests, missing children, wrong sizes; best empty. */
  public List<String> check() throws IOException {
    return Verification.of(this);
  }

  Contents contents() {
    return contents;
  }

  /** What another process would find after this one was killed now; this store is closed. */
  public Store restarted(Duration sessionsLive) throws IOException {
    disk.close();
    lock.close();
    return open(root, removed, sessionsLive);
  }

  @Override
  public void close() throws IOException {
    disk.close();
    lock.close();
    if (removed) {
      Disk.deleteTree(root);
    }
  }
}
