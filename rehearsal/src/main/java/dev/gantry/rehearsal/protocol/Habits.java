package dev.gantry.rehearsal.protocol;

/**
 * Where the specification leaves a choice, or real registries take one: what this registry does.
 *
 * @param chunkMin bytes, told to clients as {@code OCI-Chunk-Min-Length}; 0 says nothing
 * @param singlePost whether {@code POST ?digest=} takes the blob or only opens a session
 * @param anonymousMount whether a mount without {@code from} looks everywhere
 * @param mounts whether a mount ever succeeds; if not, it opens a session
 * @param absoluteLocations whether {@code Location} has scheme and host in it
 * @param outOfOrderTaken whether a chunk out of order is added as if it were in order
 * @param cutLosesSession whether a session dies with the connection that was writing to it
 * @param missingChildrenTaken whether a manifest may name blobs and manifests that are not here
 * @param manifestLimit bytes
 * @param referrers whether the referrers API exists
 * @param tagParameters whether {@code PUT manifests/<digest>?tag=} points tags
 * @param chunkStatus status of a chunk taken; the specification says 202
 * @param openLeavesRepository whether an opened upload makes an empty repository
 * @param foldsTags whether tags that differ by upper and lower case are one
 */
public record Habits(
    long chunkMin,
    boolean singlePost,
    boolean anonymousMount,
    boolean mounts,
    boolean absoluteLocations,
    boolean outOfOrderTaken,
    boolean cutLosesSession,
    boolean missingChildrenTaken,
    long manifestLimit,
    boolean referrers,
    boolean tagParameters,
    int chunkStatus,
    boolean openLeavesRepository,
    boolean foldsTags) {

  /** Everything the specification offers, and strictly. */
  public static final Habits PLAIN =
      new Habits(
          0, true, true, true, false, false, false, false, 4 << 20, true, true, 202, false, false);

  /** The same with absolute locations or relative ones. */
  public Habits withAbsoluteLocations(boolean absolute) {
    return new Habits(
        chunkMin,
        singlePost,
        anonymousMount,
        mounts,
        absolute,
        outOfOrderTaken,
        cutLosesSession,
        missingChildrenTaken,
        manifestLimit,
        referrers,
        tagParameters,
        chunkStatus,
        openLeavesRepository,
        foldsTags);
  }

  /** The same with a smallest chunk. */
  public Habits withChunkMin(long bytes) {
    return new Habits(
        bytes,
        singlePost,
        anonymousMount,
        mounts,
        absoluteLocations,
        outOfOrderTaken,
        cutLosesSession,
        missingChildrenTaken,
        manifestLimit,
        referrers,
        tagParameters,
        chunkStatus,
        openLeavesRepository,
        foldsTags);
  }

  /** The same, taking manifests whose children are missing or not. */
  public Habits withMissingChildrenTaken(boolean taken) {
    return new Habits(
        chunkMin,
        singlePost,
        anonymousMount,
        mounts,
        absoluteLocations,
        outOfOrderTaken,
        cutLosesSession,
        taken,
        manifestLimit,
        referrers,
        tagParameters,
        chunkStatus,
        openLeavesRepository,
        foldsTags);
  }
}
