package dev.gantry.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final Layers TABLE = Layers.of(Repo.table("layers.txt"));

  @Test
  void codeKeepsToTheTable() {
    var uses = Bytecode.ours();
    assertThat(uses).hasSizeGreaterThan(1000);
    assertThat(TABLE.violations(uses)).isEmpty();
  }

  @Test
  void plantedCallIsFound() {
    var planted = planted("dev.gantry.oci.Planted", "dev.gantry.push.Together");
    assertThat(TABLE.violations(planted))
        .containsExactly(
            "dev.gantry.oci -> dev.gantry.push"
                + " (dev.gantry.oci.Planted uses dev.gantry.push.Together)");
  }

  @Test
  void rehearsalNeverUsesCore() {
    var planted = planted("dev.gantry.rehearsal.Planted", "dev.gantry.oci.Digest");
    assertThat(TABLE.violations(planted)).hasSize(1);
  }

  @Test
  void packageWithoutLineIsFound() {
    var planted = planted("dev.gantry.util.Planted", "java.lang.String");
    assertThat(TABLE.violations(planted))
        .containsExactly("dev.gantry.util has no line in the table (dev.gantry.util.Planted)");
  }

  /** A class with one call to another. */
  private static Set<Bytecode> planted(String name, String used) {
    var bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                type ->
                    type.withMethodBody(
                        "call",
                        MethodTypeDesc.of(ConstantDescs.CD_void),
                        ClassFile.ACC_STATIC,
                        code ->
                            code.invokestatic(
                                    ClassDesc.of(used),
                                    "anything",
                                    MethodTypeDesc.of(ConstantDescs.CD_void))
                                .return_()));
    return Bytecode.of(bytes);
  }
}
