#include "app/bench/picture_feed.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/base/clock.h"
#include "core/data/image_decode.h"
#include "core/data/importers/image_folder.h"
#include "core/data/loader.h"
#include "core/data/table.h"
#include "core/network/network_template.h"
#include "core/training/forward_pass.h"

namespace lamina::bench {
namespace {

constexpr std::int64_t pictureWidth = 320, pictureHeight = 240, pictureBatch = 32;
constexpr int pictureCount = 512;

/// Soft patches and fine noise, so that a file is about as large as a photo of this size.
Image madePhoto(int number) {
    const RandomStream noise(11, streamOf("photo"), static_cast<std::uint64_t>(number));
    Image image{3, pictureHeight, pictureWidth, std::vector<std::uint8_t>(3 * pictureHeight * pictureWidth)};
    for (std::int64_t channel = 0; channel < 3; ++channel)
        for (std::int64_t y = 0; y < pictureHeight; ++y)
            for (std::int64_t x = 0; x < pictureWidth; ++x) {
                const auto patch = noise.uniform(static_cast<std::uint64_t>(channel * 4096 + y / 24 * 64 + x / 24));
                const auto grain = noise.uniform(static_cast<std::uint64_t>(1 << 20) + static_cast<std::uint64_t>((channel * pictureHeight + y) * pictureWidth + x));
                image.plane(channel)[y * pictureWidth + x] = static_cast<std::uint8_t>(30 + 160 * patch + 40 * grain);
            }
    return image;
}

Result<void> writePhotos(const Path& folder) {
    for (int i = 0; i < pictureCount; ++i) {
        const Path file = folder / (i % 2 ? "b" : "a") / (std::to_string(i) + ".jpg");
        std::filesystem::create_directories(file.parent_path());
        LAMINA_TRY(const auto bytes, encodeJpeg(madePhoto(i)));
        LAMINA_CHECK(writeFileAtomically(file, bytes));
    }
    return {};
}

struct FeedData {
    Table table;
    Preparation preparation;
    Split split;
};

Result<FeedData> importPhotos(const Path& folder) {
    FeedData data;
    LAMINA_TRY(const auto imported, importWith(image_folder_importer(), folder / "photos", {{"keep", "in_place"}}, folder / "columns"));
    LAMINA_TRY(data.table, Table::open(imported.columns));
    data.split.parts.assign(static_cast<std::size_t>(data.table.rows()), 0);
    PreparationSettings settings;
    settings.target = "class";
    settings.ignored = {"file"};
    LAMINA_TRY(data.preparation, fitPreparation(data.table, data.split, settings));
    return data;
}

/// A training without its book-keeping.
class FedTraining {
public:
    explicit FedTraining(const Preparation& preparation, int threads)
        : m_device(makeCpuDevice({.threads = threads, .instructionSet = {}})), m_store(*m_device),
          m_network(networkFromTemplate(*findTemplate("photo"), {preparation.inputShape(), preparation.outputCount(), "softmax"})),
          m_programs(
              [this](std::int64_t batch) {
                  const TrainingObjective objective{findLoss("cross_entropy"), findLoss("cross_entropy")->defaults};
                  const OptimizerType& adam = *findOptimizer("adam");
                  return compileForTraining(m_network, batch, objective, adam, adam.defaults);
              },
              m_store, 1) {}

    struct Times {
        double computing = 0, all = 0;
        std::int64_t pictures = 0;
    };

    Result<Times> run(Loader& loader, double seconds) {
        LAMINA_TRY(auto* cached, m_programs.get(pictureBatch));
        Times times;
        const Stopwatch watch;
        while (watch.seconds() < seconds) {
            const Batch& batch = loader.next();
            const Stopwatch step;
            feedBatch(*cached, batch);
            cached->program->run(m_context);
            ++m_context.step;
            times.computing += step.seconds();
            times.pictures += batch.count;
        }
        times.all = watch.seconds();
        return times;
    }

    /// The same batch again and again.
    Result<double> fedPerSecond(const Batch& batch, double seconds) {
        LAMINA_TRY(auto* cached, m_programs.get(pictureBatch));
        std::int64_t pictures = 0;
        const Stopwatch watch;
        for (; watch.seconds() < seconds; pictures += batch.count) {
            feedBatch(*cached, batch);
            cached->program->run(m_context);
        }
        return static_cast<double>(pictures) / watch.seconds();
    }

private:
    std::unique_ptr<Device> m_device;
    ParameterStore m_store;
    const Network m_network;
    ProgramCache m_programs;
    StepContext m_context;
};

Result<Loader> loaderOf(const PreparedData& data, const std::shared_ptr<const Augmenter>& augmenter, int prefetch) {
    LoaderSettings settings;
    settings.batchSize = pictureBatch;
    settings.prefetch = prefetch;
    settings.augmenter = augmenter;
    return Loader::create(data, data.rows(Part::Training), settings);
}

Result<double> busyOf(FedTraining& training, const PreparedData& data, const std::shared_ptr<const Augmenter>& augmenter, double seconds, double& perSecond) {
    LAMINA_TRY(auto loader, loaderOf(data, augmenter, 4));
    for (std::int64_t i = 0; i < loader.batchesPerEpoch(); ++i) loader.next();
    LAMINA_TRY(const auto times, training.run(loader, seconds));
    perSecond = static_cast<double>(times.pictures) / times.all;
    return times.computing / times.all;
}

Result<PictureFeed> measureFeedIn(const Path& folder, int threads, double seconds) {
    LAMINA_CHECK(writePhotos(folder / "photos"));
    LAMINA_TRY(const auto made, importPhotos(folder));
    LAMINA_TRY(const auto anew, PreparedData::create(made.table, made.preparation, made.split, {.pictureBudget = 0}));
    LAMINA_TRY(const auto kept, PreparedData::create(made.table, made.preparation, made.split));
    LAMINA_TRY(const auto steps, augmentationsFromText("flip,rotate,crop,brightness"));
    LAMINA_TRY(auto checked, Augmenter::create(steps, made.preparation));
    const auto augmenter = std::make_shared<const Augmenter>(std::move(checked));
    FedTraining training(made.preparation, threads);
    PictureFeed feed;
    LAMINA_TRY(auto alone, loaderOf(anew, augmenter, 0));
    const Stopwatch watch;
    for (int i = 0; i < 8; ++i) alone.next();
    feed.preparedPerSecond = 8 * pictureBatch / watch.seconds();
    LAMINA_TRY(feed.fedPerSecond, training.fedPerSecond(alone.next(), seconds / 4));
    LAMINA_TRY(feed.busy, busyOf(training, anew, augmenter, seconds, feed.picturesPerSecond));
    double ignored = 0;
    LAMINA_TRY(feed.busyKept, busyOf(training, kept, augmenter, seconds / 2, ignored));
    return feed;
}

}  // namespace

std::optional<PictureFeed> measurePictureFeed(int threads, double seconds, std::string& reason) {
    const Path folder = std::filesystem::temp_directory_path() / ("lamina-feed-" + std::to_string(getpid()));
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    const auto feed = measureFeedIn(folder, threads, seconds);
    std::filesystem::remove_all(folder, ignored);
    if (feed) return *feed;
    reason = feed.error().debugText();
    return {};
}

}  // namespace lamina::bench
