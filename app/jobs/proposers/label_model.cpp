// What the quick model of the labelling says, which learns whenever somebody asks for it.
#include <algorithm>

#include "app/jobs/label_queue.h"
#include "app/jobs/proposers/proposer_type.h"

namespace lamina {
namespace label_model_proposer_parts {

Result<Proposals> propose(const ProposalQuestion& question) {
    LAMINA_TRY(const auto model, labelModelOf(question.project, question.labelling));
    if (!model) return fail("labelling.no_model", {{"dataset", question.dataset.name}});
    LAMINA_TRY(const auto pool, openLabelPool(question.project, question.dataset, &model->preparation, question.job.cancel));
    if (pool->numbers != model->numbers) return fail("labelling.other_classes", {{"dataset", question.dataset.name}});
    std::vector<std::int64_t> rows;
    for (const WholeClass& item : question.items) rows.push_back(item.position);
    const auto device = makeCpuDevice({.threads = question.threads, .instructionSet = {}});
    LAMINA_TRY(const auto said, askQuickly(*pool, model->network, *model->weights, rows, *device, {}, question.job.cancel, question.job.progress));
    Proposals proposals;
    proposals.model = model->id;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = said.row(i);
        const auto best = std::max_element(row.begin(), row.end());
        proposals.list.push_back({question.items[i].item, model->numbers[static_cast<std::size_t>(best - row.begin())], static_cast<double>(*best)});
    }
    return proposals;
}

}  // namespace label_model_proposer_parts

const ProposerType& label_model_proposer() {
    static const ProposerType type{
        .id = "label_model",
        .title = "Model of this labelling",
        .summary = "The quick model that learns from what is labelled here.",
        .propose = label_model_proposer_parts::propose,
    };
    return type;
}

}  // namespace lamina
