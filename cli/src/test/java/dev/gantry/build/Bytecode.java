package dev.gantry.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.MethodTypeDesc;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What compiled classes use, read from their constant pools: classes, members, and the classes that
 * stand in descriptors and signatures.
 *
 * @param from the class that uses
 * @param owner the class that is used
 * @param member its field or method, with the parameter types of a method; empty for the class
 */
record Bytecode(String from, String owner, String member) {
  private static final Pattern NAMED = Pattern.compile("L([\\w/$]+)[;<]");

  /** The package of the class that uses. */
  String fromPackage() {
    return packageOf(from);
  }

  static String packageOf(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }

  /** Everything that our classes on the class path use, those of tests left out. */
  static Set<Bytecode> ours() {
    var uses = new LinkedHashSet<Bytecode>();
    try {
      for (var root :
          Collections.list(Bytecode.class.getClassLoader().getResources("dev/gantry"))) {
        if (!root.getPath().contains("test-classes") && !root.getPath().contains("/test/")) {
          uses.addAll(under(root.toURI()));
        }
      }
      return uses;
    } catch (IOException | java.net.URISyntaxException e) {
      throw new AssertionError("the class path cannot be read", e);
    }
  }

  private static Set<Bytecode> under(URI root) throws IOException {
    if (!root.getScheme().equals("jar")) {
      return below(Path.of(root));
    }
    try (var jar = FileSystems.newFileSystem(root, Map.of())) {
      return below(jar.getPath("/dev/gantry"));
    }
  }

  private static Set<Bytecode> below(Path folder) throws IOException {
    var uses = new LinkedHashSet<Bytecode>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        uses.addAll(of(Files.readAllBytes(file)));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return uses;
  }

  /** What one class file uses. */
  static Set<Bytecode> of(byte[] file) {
    var model = ClassFile.of().parse(file);
    var from = name(model.thisClass().asInternalName());
    var uses = new LinkedHashSet<Bytecode>();
    for (var entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry used -> named(used.asInternalName()).forEach(add(uses, from));
        case MemberRefEntry used -> uses.add(new Bytecode(from, owner(used), member(used)));
        case Utf8Entry text -> descriptors(text.stringValue()).forEach(add(uses, from));
        default -> {}
      }
    }
    uses.removeIf(use -> outermost(use.owner()).equals(outermost(from)));
    declared(model, uses, from);
    return uses;
  }

  /** Own classes show too: a package is known by the classes in it. */
  private static void declared(ClassModel model, Set<Bytecode> uses, String from) {
    model.superclass().ifPresent(above -> named(above.asInternalName()).forEach(add(uses, from)));
    uses.add(new Bytecode(from, from, ""));
  }

  private static java.util.function.Consumer<String> add(Set<Bytecode> uses, String from) {
    return owner -> uses.add(new Bytecode(from, owner, ""));
  }

  private static String owner(MemberRefEntry used) {
    return name(used.owner().asInternalName());
  }

  private static String member(MemberRefEntry used) {
    var type = used.type().stringValue();
    if (!type.startsWith("(")) {
      return used.name().stringValue();
    }
    return MethodTypeDesc.ofDescriptor(type).parameterList().stream()
        .map(parameter ->
            parameter.packageName().isEmpty()
                ? parameter.displayName()
                : parameter.packageName() + "." + parameter.displayName())
        .map(Bytecode::arrayOf)
        .collect(Collectors.joining(",", used.name().stringValue() + "(", ")"));
  }

  /** {@code displayName} of an array leaves out the package of its component. */
  private static String arrayOf(String shown) {
    return shown.equals("Object[]") ? "java.lang.Object[]" : shown;
  }

  private static List<String> named(String internal) {
    return internal.startsWith("[") ? descriptors(internal) : List.of(name(internal));
  }

  private static List<String> descriptors(String text) {
    var names = new ArrayList<String>();
    var found = NAMED.matcher(text);
    while (found.find()) {
      if (found.group(1).contains("/")) {
        names.add(name(found.group(1)));
      }
    }
    return names;
  }

  private static String name(String internal) {
    return internal.replace('/', '.');
  }

  private static String outermost(String name) {
    int dollar = name.indexOf('$');
    return dollar < 0 ? name : name.substring(0, dollar);
  }
}
