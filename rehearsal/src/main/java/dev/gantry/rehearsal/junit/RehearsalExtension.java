package dev.gantry.rehearsal.junit;

import dev.gantry.rehearsal.Rehearsal;
import dev.gantry.rehearsal.Settings;
import java.io.IOException;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A fresh registry for every test, as a parameter of type {@link Rehearsal}. After the test its
 * content is checked: a manifest without its children or a wrong digest fails the test.
 */
public final class RehearsalExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RehearsalExtension.class);

  private final Supplier<Settings> settings;

  /** Plain registries. */
  public RehearsalExtension() {
    this(Settings::plain);
  }

  /** Registries like this; asked anew for each test. */
  public RehearsalExtension(Supplier<Settings> settings) {
    this.settings = settings;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    context.getStore(NAMESPACE).put(Rehearsal.class, Rehearsal.start(settings.get()));
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    try (var registry = registry(context)) {
      var faults = registry.check();
      if (!faults.isEmpty()) {
        throw new AssertionError("the registry is damaged: " + String.join("; ", faults));
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Rehearsal.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return registry(context);
  }

  private static Rehearsal registry(ExtensionContext context) {
    var found = context.getStore(NAMESPACE).get(Rehearsal.class, Rehearsal.class);
    if (found == null) {
      throw new IllegalStateException("no registry was started for " + context.getDisplayName());
    }
    return found;
  }
}
