// Labels that were turned around at random in a set of garments: how many of them are among the first suspects.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/jobs/label_queue.h"
#include "core/learning/item_order.h"
#include "core/project/label_edits.h"
#include "core/tensor/random.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

constexpr std::size_t turned = 200, looked = 600;

TEST(LabelSuspectsLong, EightyOfAHundredTurnedLabelsAreAmongThreeTimesAsManySuspects) {
    const Path garments = Path(LAMINA_SOURCE_DIR).parent_path() / "shared/data/fashion-mnist-t10k/t10k-images-idx3-ubyte.gz";
    if (!std::filesystem::exists(garments)) GTEST_SKIP() << "needs " << garments;
    const TemporaryFolder folder;
    const auto project = *Project::create(folder / "p.lamina");
    ImportRequest request;
    request.source = garments;
    const auto imported = importDataset(*project, request);
    ASSERT_TRUE(imported) << imported.error().debugText();
    const auto labelling = beginLabellingFrom(*project, imported->dataset, {});
    ASSERT_TRUE(labelling) << labelling.error().debugText();
    const auto items = *project->annotations().wholeClasses(labelling->key);
    ASSERT_EQ(items.size(), 10'000u);
    const auto drawn = drawnOrder(items.size(), 11);
    const RandomStream random(11, streamOf("turned labels"));
    std::set<std::int64_t> wrong;
    LabelEdit edit;
    for (std::size_t i = 0; i < turned; ++i) {
        const WholeClass& item = items[drawn[i]];
        AnnotationRecord label;
        label.parent = item.revision;
        label.classNumber = (item.classNumber - 1 + 1 + static_cast<std::int64_t>(random.below(i, 9))) % 10 + 1;  // any of the other nine
        edit.gestures.push_back({item.item, {label}, std::nullopt, {}, false});
        wrong.insert(item.item);
    }
    ASSERT_TRUE(project->annotations().apply(changedLabel({}, ""), edit).get());
    OrderRequest order;
    order.kind = OrderKind::Suspects;
    const auto outcome = orderItems(*project, order);
    ASSERT_TRUE(outcome) << outcome.error().debugText();
    ASSERT_GE(outcome->order.entries.size(), looked);
    const auto found = std::count_if(outcome->order.entries.begin(), outcome->order.entries.begin() + looked, [&](const OrderEntry& entry) { return wrong.count(entry.item) > 0; });
    RecordProperty("found", static_cast<int>(found));
    EXPECT_GE(found, static_cast<std::ptrdiff_t>(turned * 8 / 10));
}

}  // namespace
}  // namespace lamina
