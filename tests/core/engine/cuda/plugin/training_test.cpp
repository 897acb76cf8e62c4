// Whole trainings on the GPU: they learn, they give the same bits again, and they go on from a checkpoint as if nothing had been.
#include "core/training/session.h"
#include "tests/core/engine/cuda/plugin/gpu.h"
#include "tests/support/blob_data.h"

namespace lamina {
namespace {

/// Keeps every checkpoint.
class Checkpoints : public TrainingSink {
public:
    Result<void> metrics(std::vector<MetricPoint>) override { return {}; }
    Result<void> checkpoint(std::vector<std::byte> bytes, const TrainingState&, bool) override {
        all.push_back(std::move(bytes));
        return {};
    }
    std::vector<std::vector<std::byte>> all;
};

class CudaTraining : public testing::Test {
protected:
    std::unique_ptr<test::BlobData> blobs = test::makeBlobs();

    /// Dense layers, batch normalisation and dropout; a checkpoint after every step.
    TrainingResult train(Device& device, TrainingSink& sink, std::optional<Checkpoint> resumeFrom = {}) const {
        TrainingJob job;
        job.network = test::networkFor(*blobs->data, "table");
        job.task = findTask("classification");
        job.data = blobs->data.get();
        job.trainingRows = blobs->rows(Part::Training);
        job.validationRows = blobs->rows(Part::Validation);
        job.device = &device;
        job.sink = &sink;
        job.plan.phases[0].objectives[0].loss = job.task->defaultLoss;
        job.plan.epochs = 4;
        job.plan.batchSize = 32;
        job.plan.checkpointSeconds = 0;
        job.resumeFrom = std::move(resumeFrom);
        return TrainingSession(std::move(job)).wait();
    }
};

TEST_F(CudaTraining, LearnsTheBlobsAsTheReferenceDoes) {
    LAMINA_NEEDS_GPU();
    const auto reference = makeReferenceDevice(DType::Float32);
    Checkpoints sink;
    const TrainingResult found = train(**gpu(), sink), expected = train(*reference, sink);
    ASSERT_FALSE(found.error) << found.error->debugText();
    ASSERT_FALSE(expected.error) << expected.error->debugText();
    EXPECT_NEAR(found.state.best, expected.state.best, 0.02 * std::abs(expected.state.best));
}

TEST_F(CudaTraining, GoesOnFromACheckpointToTheSameBits) {
    LAMINA_NEEDS_GPU();
    Checkpoints whole;
    ASSERT_FALSE(train(**gpu(), whole).error);
    ASSERT_GT(whole.all.size(), 20u);
    for (std::size_t at : {std::size_t{0}, whole.all.size() / 2}) {
        Checkpoints rest;
        auto checkpoint = checkpointFromBytes(whole.all[at]);
        ASSERT_TRUE(checkpoint);
        ASSERT_FALSE(train(**gpu(), rest, std::move(*checkpoint)).error);
        EXPECT_EQ(rest.all.back(), whole.all.back()) << "from checkpoint " << at;
    }
}

}  // namespace
}  // namespace lamina
