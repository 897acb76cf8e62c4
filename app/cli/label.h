// What the actions of `lamina label` share.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/console.h"
#include "core/project/project.h"

namespace lamina {

struct LabelArguments {
    std::string project, action, what, file;  ///< what, file: of "session out FILE"
    std::string dataset, column, by = "suspects", proposer, run, comment, className, annotator, state, items;
    std::vector<std::int64_t> rows;
    std::vector<std::string> people;
    std::int64_t seed = 1, folds = 4, limit = 20, choose = 0, part = 1, parts = 1;
    double above = 0, below = 2;
    int threads = 0;
    bool afresh = false, refuse = false, blind = false, pictures = false, also = false, taken = false, notOut = false;
};

/// What most actions work on.
struct LabelCommandDesk {
    std::unique_ptr<Project> project;
    DatasetRecord dataset;
    LabellingRecord labelling;
};
/// Edits are made in the name of --as, in a package in that of the person it was made for.
Result<LabelCommandDesk> openLabelCommand(const LabelArguments& arguments, StoreAccess access, Console& console);
nlohmann::json labelReceipts(const EditReceipt& receipt, Console& console);
std::map<std::int64_t, std::string> namesOfLabelClasses(Project& project);
/// "label_item.not_found" {item}.
Result<std::vector<LabelItemRecord>> labelItemsOfRows(const LabelCommandDesk& desk, const LabelArguments& arguments);

// What labels are made of, and what is made of them: label_items.cpp.

/// "dataset": what has a class or a value as a whole, as a data set to train on.
Result<nlohmann::json> labelDataset(const LabelArguments& arguments, Console& console);
/// "ranges in FILE", "ranges out FILE". "cli.label.ranges_usage".
Result<nlohmann::json> labelRanges(const LabelArguments& arguments, Console& console);
/// "interpolate --row 9", "interpolate --row 3 --row 9". "cli.label.interpolate_usage".
Result<nlohmann::json> labelInterpolate(const LabelArguments& arguments, Console& console);

// Of several people: label_people.cpp.

/// "session out FILE", "session in FILE", "session open FILE", "session back FILE", "session list".
Result<nlohmann::json> labelSession(const LabelArguments& arguments, Console& console);
/// "begin --blind": a project of its own beside this one, without what others said.
Result<nlohmann::json> labelBlindPass(const LabelArguments& arguments, Console& console);
Result<nlohmann::json> labelDisputes(const LabelArguments& arguments, Console& console);
Result<nlohmann::json> labelSettle(const LabelArguments& arguments, Console& console);
Result<nlohmann::json> labelAgreement(const LabelArguments& arguments, Console& console);

}  // namespace lamina
