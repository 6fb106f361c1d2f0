package io.holdfast.it.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Everything that a library exports is documented. The javadoc tool checks what comments say; whether there is one is
 * checked here, since its own check also insists on tags that would only repeat the sentence.
 */
class ExportedDocsTest {

    private static final List<String> LIBRARIES = List.of("client-api", "client-netty", "ha-client");

    @Test
    void every_exported_type_and_member_has_a_comment() throws IOException {
        List<String> silent = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(exported()));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Exported(docs, silent).scan(unit, null);
            }
        }

        assertThat(silent).isEmpty();
    }

    private static List<Path> exported() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String library : LIBRARIES) {
            Path sources = Path.of("..", library, "src", "main", "java");
            try (Stream<Path> walk = Files.walk(sources)) {
                all.addAll(walk.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !sources.relativize(file).toString().contains("internal"))
                        .collect(Collectors.toList()));
            }
        }
        assertThat(all).hasSizeGreaterThan(60);
        return all;
    }

    /** Walks what users can see: public and protected members of public types. */
    private static final class Exported extends TreePathScanner<Void, Void> {

        private final DocTrees docs;
        private final List<String> silent;

        Exported(DocTrees docs, List<String> silent) {
            this.docs = docs;
            this.silent = silent;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (isVisible(type.getModifiers())) {
                check(type.getSimpleName().toString());
                return super.visitClass(type, null);
            }
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            boolean inherited = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            if (isVisible(method.getModifiers()) && !inherited) {
                check(method.getName().toString());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void unused) {
            boolean ofRecord = enclosing().getKind() == Tree.Kind.RECORD
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC);
            if (isVisible(field.getModifiers()) && !ofRecord) {
                check(field.getName().toString());
            }
            return null;
        }

        private boolean isVisible(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || (enclosing().getKind() == Tree.Kind.INTERFACE && !flags.contains(Modifier.PRIVATE));
        }

        private Tree enclosing() {
            TreePath parent = getCurrentPath().getParentPath();
            return parent == null ? getCurrentPath().getLeaf() : parent.getLeaf();
        }

        private void check(String name) {
            if (docs.getDocCommentTree(getCurrentPath()) == null) {
                silent.add(getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + name);
            }
        }
    }
}
