package dev.gantry;

import dev.gantry.explain.Diagnosis;
import dev.gantry.explain.Explanation;
import dev.gantry.failure.Failure;
import dev.gantry.failure.PublishException;
import dev.gantry.plan.Plan;
import dev.gantry.plan.Standing;
import java.util.List;

/** How a publish ended. */
public sealed interface Outcome {

  /** Everything is there, and was read back. */
  record Published(Receipt receipt) implements Outcome {}

  /** Nothing was written, as it was wished; a plan for each repository. */
  record Planned(List<Plan> plans) implements Outcome {
    public Planned {
      plans = List.copyOf(plans);
    }
  }

  /** It did not work. */
  record Failed(Failure failure, Explanation explanation, Standing standing) implements Outcome {
    /** What it most likely means. */
    public Diagnosis diagnosis() {
      return explanation.best();
    }
  }

  /** The receipt, for callers that treat everything else as an exception. */
  default Receipt receipt() {
    return switch (this) {
      case Published(var receipt) -> receipt;
      case Planned _ -> throw new IllegalStateException("a dry run has no receipt");
      case Failed(var failure, _, _) -> throw new PublishException(failure);
    };
  }
}
