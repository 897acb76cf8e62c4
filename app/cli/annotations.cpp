#include "app/cli/annotations.h"

#include "app/cli/command.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "core/annotation/formats/set_writer.h"

namespace lamina {
namespace annotations_command_parts {

Error unknownFormat(const std::string& format) {
    std::string known;
    for (const auto* type : annotationFormatCatalogue()) known += (known.empty() ? "" : ", ") + type->id;
    return fail("annotation.unknown_format", {{"format", format}, {"known", known}});
}

Result<const AnnotationFormatType*> formatOf(const AnnotationsArguments& arguments) {
    if (arguments.format.empty()) {
        if (const auto* found = annotationFormatOf(arguments.source)) return found;
        std::error_code failed;
        if (!std::filesystem::exists(arguments.source, failed)) return fail("file.not_found", {{"file", arguments.source}});
        return fail("annotation.none", {{"file", arguments.source}});
    }
    if (const auto* found = findAnnotationFormat(arguments.format)) return found;
    return unknownFormat(arguments.format);
}

/// Shapes per class, in the order of the classes.
nlohmann::json showClasses(const AnnotationSet& set, Console& console) {
    std::map<std::string, std::int64_t> counts;
    for (const AnnotatedImage& image : set.images) {
        for (const AnnotationShape& shape : image.shapes) ++counts[shape.label];
        for (const std::string& name : image.classes) ++counts[name];
    }
    TerminalTable table({{console.text("cli.head.class")}, {console.text("cli.head.items"), TerminalTable::Align::Right}});
    auto list = nlohmann::json::array();
    for (const AnnotationLabel& label : set.labels) {
        table.add({label.name, std::to_string(counts[label.name])});
        list.push_back({{"name", label.name}, {"count", counts[label.name]}});
    }
    console.table(table);
    return list;
}

/// Files of one program become files of another.
Result<void> convert(const AnnotationFormatType& target, AnnotationSet& set, const Path& folder, std::vector<Issue>& issues, nlohmann::json& json, Console& console) {
    LAMINA_CHECK(markUnfinished(folder));
    LAMINA_TRY(const auto written, writeAnnotations(target, set, folder, console.cancel()));
    issues.insert(issues.end(), written.issues.begin(), written.issues.end());
    const bool renumbered = isRenumbered(set, target);
    if (renumbered) {
        LAMINA_TRY(const auto map, writeClassNumbers(set, target, "source", folder));
        issues.push_back({Severity::Note, fail("labelling.renumbered", {{"format", target.title}, {"file", map.string()}})});
        json["class_map"] = map.string();
    }
    LAMINA_CHECK(markFinished(folder));
    console.say("cli.annotations.written", {{"files", std::to_string(written.files.size())}, {"folder", folder.string()}});
    json["written"] = written.files.size();
    json["renumbered"] = renumbered;
    return {};
}

Result<nlohmann::json> readAndWrite(const AnnotationsArguments& arguments, Console& console) {
    if (!arguments.imported.empty()) return fail("cli.annotations_order", {{"folder", arguments.source}, {"project", arguments.imported}});
    const AnnotationFormatType* target = arguments.to.empty() ? nullptr : findAnnotationFormat(arguments.to);
    if (!arguments.to.empty() && !target) return unknownFormat(arguments.to);
    if (target && arguments.out.empty()) return fail("cli.annotations_out");
    LAMINA_TRY(const AnnotationFormatType* format, formatOf(arguments));
    const bool apart = format->readApart && !arguments.pictures.empty();
    LAMINA_TRY(AnnotationSet set, apart ? format->readApart(arguments.source, picturesBelow(arguments.pictures), console.cancel())
                                        : format->read(arguments.source, console.cancel()));
    console.say("cli.annotations.read", {{"format", console.text("annotation." + format->id + ".title")},
                                         {"images", std::to_string(set.images.size())},
                                         {"shapes", std::to_string(set.shapeCount())}});
    nlohmann::json json{{"format", format->id}, {"images", set.images.size()}, {"shapes", set.shapeCount()}, {"classes", showClasses(set, console)}};
    auto issues = unfinishedIssues(arguments.source);
    issues.insert(issues.end(), set.issues.begin(), set.issues.end());
    if (target) {
        LAMINA_CHECK(convert(*target, set, arguments.out, issues, json, console));
    }
    warnAll(console, issues);
    json["issues"] = issuesToJson(issues, console.language());
    return json;
}

bool isProject(const std::string& typed) { return projectPath(typed).extension() == ".lamina"; }

}  // namespace annotations_command_parts

void annotations_command(Command& command) {
    using namespace annotations_command_parts;
    auto arguments = std::make_shared<AnnotationsArguments>();
    command.commits();
    command.argument("source", arguments->source);
    command.option("format", arguments->format);
    command.option("to", arguments->to);
    command.option("out", arguments->out);
    command.option("import", arguments->imported);
    command.option("pictures", arguments->pictures);
    command.option("dataset", arguments->dataset);
    command.option("name", arguments->name);
    command.option("part", arguments->parts);
    command.flag("checked", arguments->checked);
    command.flag("with-pictures", arguments->withPictures);
    command.option("blur", arguments->blur).oneWordEach();
    command.flag("proposals", arguments->proposals);
    command.flag("classes", arguments->classes);
    command.option("add-class", arguments->added).oneWordEach();
    command.option("change-class", arguments->changed);
    command.option("colour", arguments->colour);
    command.option("key", arguments->key);
    command.option("parent", arguments->parent);
    command.option("description", arguments->description);
    command.option("rename", arguments->renamed).words(2);
    command.option("merge", arguments->merged).words(2);
    command.option("retire", arguments->retired).oneWordEach();
    command.flag("list", arguments->list);
    command.option("state", arguments->state).oneOf({"unlabelled", "labelled", "checked", "checked_empty", "skipped"});
    command.option("class", arguments->className);
    command.option("limit", arguments->limit).notNegative();
    command.flag("remarks", arguments->remarks);
    command.option("agreement", arguments->agreement).words(2);
    command.run = [arguments](Console& console) {
        return isProject(arguments->source) ? projectAnnotations(*arguments, console) : readAndWrite(*arguments, console);
    };
}

}  // namespace lamina
