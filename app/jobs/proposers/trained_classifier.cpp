// What a run of the project says, which was trained on classes with the same names.
#include <algorithm>
#include <map>

#include "app/jobs/proposers/proposer_type.h"
#include "app/jobs/trained_model.h"

namespace lamina {
namespace trained_classifier_proposer_parts {

/// The project's class for each class of the model; 0: there is none of that name.
Result<std::vector<std::int64_t>> numbersOfClasses(Project& project, const std::vector<std::string>& names, std::vector<std::string>& unknown) {
    LAMINA_TRY(const auto classes, project.labelClasses().all());
    const ClassNumbers current(classes);
    std::map<std::string, std::int64_t> byName;
    for (const LabelClassRecord& record : classes)
        if (!record.retired || !byName.count(record.name)) byName[record.name] = current.current(record.number);
    std::vector<std::int64_t> numbers;
    for (const std::string& name : names) {
        const auto found = byName.find(name);
        numbers.push_back(found == byName.end() ? 0 : found->second);
        if (found == byName.end()) unknown.push_back(name);
    }
    return numbers;
}

Result<Proposals> propose(const ProposalQuestion& question) {
    LAMINA_TRY(auto model, TrainedModel::load(question.project, question.run, question.threads));
    if (!model.preparation.target.classes) return fail("labelling.no_classifier", {{"run", model.run.name}});
    Proposals proposals;
    proposals.model = model.run.id;
    LAMINA_TRY(const auto numbers, numbersOfClasses(question.project, model.preparation.target.classNames, proposals.unknownClasses));
    LAMINA_TRY(const Table table, openTable(question.project, question.dataset));
    LAMINA_TRY(const auto said, predictTable(question.project, model, table, question.job.cancel));
    std::map<std::int64_t, std::int64_t> itemOfRow;
    for (const WholeClass& item : question.items) itemOfRow[item.position] = item.item;
    for (const Prediction& prediction : said.predictions) {
        const auto item = itemOfRow.find(prediction.row);
        if (item == itemOfRow.end() || prediction.label < 0) continue;
        const auto label = static_cast<std::size_t>(prediction.label);
        if (numbers[label] != 0) proposals.list.push_back({item->second, numbers[label], static_cast<double>(prediction.probabilities[label])});
    }
    return proposals;
}

}  // namespace trained_classifier_proposer_parts

const ProposerType& trained_classifier_proposer() {
    static const ProposerType type{
        .id = "trained_classifier",
        .title = "Trained run",
        .summary = "A classifier of this project, trained on classes of the same names.",
        .propose = trained_classifier_proposer_parts::propose,
    };
    return type;
}

}  // namespace lamina
