// Labels, is killed (kill -9) or loses its power at random moments, opens the project again and looks for what it had acknowledged.
//   label_kill_loop --kills 1000 --cuts 500 --json
//   → {"kills", "acknowledged", "lost", "duplicated", "reopen_p99_s", "commit_p99_ms", "cuts", "cut_acknowledged", "cut_lost",
//   "cut_lost_without_sync"}
// The exit code is 0 where nothing was lost or doubled, and where a disk that does not sync has shown that losses would be seen.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <vector>

#include "core/base/clock.h"
#include "core/base/uuid.h"
#include "core/project/label_edits.h"
#include "core/project/project.h"
#include "tests/acceptance/power_cut.h"

namespace lamina {
namespace {

constexpr std::int64_t items = 200;
constexpr int cutsPerProject = 20;

[[noreturn]] void giveUp(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    std::exit(2);
}

template <class T>
T must(Result<T> result) {
    if (!result) giveUp(result.error().debugText());
    return std::move(*result);
}

std::int64_t makeProject(const Path& file) {
    const auto project = must(Project::create(file));
    DatasetRecord dataset;
    dataset.name = "pictures";
    dataset.rows = items;
    must(project->datasets().add(dataset).get());
    auto& all = project->labelItems();
    LabellingRecord labelling;
    labelling.key = must(all.begin());
    labelling.datasetId = dataset.id;
    std::vector<LabelledItem> piece(static_cast<std::size_t>(items));
    for (std::int64_t i = 0; i < items; ++i) {
        piece[static_cast<std::size_t>(i)].item.position = i;
        piece[static_cast<std::size_t>(i)].item.identity = std::to_string(i);
    }
    if (!all.append(labelling.key, piece)) giveUp("items");
    std::vector<LabelClassRecord> classes(3);
    for (int i = 0; i < 3; ++i) classes[static_cast<std::size_t>(i)].name = std::string(1, static_cast<char>('a' + i));
    must(all.finish(editName("edit.import_labels"), labelling, classes).get());
    return labelling.key;
}

/// One gesture after the other: new boxes, changed ones, removed ones. Gives the revision that was acknowledged; empty: it could not be.
class Annotator {
public:
    Annotator(Project& project, std::int64_t labelling, unsigned seed) : m_project(project), m_random(seed) {
        for (const auto& item : must(project.labelItems().list(labelling, {}, 0, items))) m_items.push_back(item.key);
    }
    std::string gesture() {
        if (m_items.empty()) return {};  // a careless disk has lost them all
        LabelGesture gesture;
        gesture.item = m_items[m_random() % m_items.size()];
        AnnotationRecord revision;
        revision.classNumber = 1 + static_cast<std::int64_t>(m_random() % 3);
        revision.tool = "box";
        revision.document = {{"kind", "box"}, {"parts", {{1.5, 2.5, 20.0, 30.0}}}};
        if (m_random() % 3 == 0) {
            const auto there = m_project.annotations().ofItem(gesture.item);
            if (!there) return {};
            if (!there->empty()) {
                revision.parent = there->back().id;
                revision.removed = m_random() % 4 == 0;
            }
        }
        gesture.revisions = {revision};
        const Stopwatch watch;
        if (!m_project.annotations().apply(addedLabel({}, "a"), gesture).get()) return {};
        seconds.push_back(watch.seconds());
        return revision.id;
    }
    std::vector<double> seconds;

private:
    Project& m_project;
    std::mt19937 m_random;
    std::vector<std::int64_t> m_items;
};

[[noreturn]] void labelForever(const Path& file, std::int64_t labelling, unsigned seed, int acknowledge) {
    auto project = Project::open(file, StoreAccess::Write);
    if (!project) _exit(1);
    Annotator annotator(**project, labelling, seed);
    if (write(acknowledge, "\n", 1) < 0) _exit(3);  // it is open
    for (;;) {
        const std::string revision = annotator.gesture();
        if (revision.empty()) _exit(2);
        const std::string line = revision + "\n";
        if (write(acknowledge, line.data(), line.size()) < 0) _exit(3);
    }
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
        if (end > at) lines.push_back(text.substr(at, end - at));
    return lines;
}

/// What a child acknowledged before it was killed, `microseconds` after it was born or, where `whenOpen`, after it had opened the project.
std::vector<std::string> killedChild(const Path& file, std::int64_t labelling, unsigned seed, useconds_t microseconds, bool whenOpen) {
    int ends[2];
    if (pipe(ends) != 0) giveUp("pipe");
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        labelForever(file, labelling, seed, ends[1]);
    }
    close(ends[1]);
    char piece[4096];
    if (whenOpen && read(ends[0], piece, 1) != 1) giveUp("the child did not open the project");
    usleep(microseconds);
    kill(child, SIGKILL);
    std::string text;
    for (ssize_t n; (n = read(ends[0], piece, sizeof piece)) > 0;) text.append(piece, static_cast<std::size_t>(n));
    int status = 0;
    waitpid(child, &status, 0);
    close(ends[0]);
    if (!WIFSIGNALED(status)) giveUp("the child ended by itself with " + std::to_string(WEXITSTATUS(status)));
    return linesOf(text);
}

/// All revisions that there are, each as often as it is there.
std::multiset<std::string> revisionsOf(Project& project, std::int64_t labelling) {
    std::multiset<std::string> found;
    for (const auto& item : must(project.labelItems().list(labelling, {}, 0, items)))
        for (const auto& revision : must(project.annotations().history(item.key))) found.insert(revision.id);
    return found;
}

struct Tally {
    std::int64_t lost = 0, duplicated = 0;
};

Tally compare(const std::multiset<std::string>& found, const std::vector<std::string>& acknowledged) {
    Tally tally;
    for (const std::string& revision : acknowledged) {
        const auto count = found.count(revision);
        tally.lost += count == 0;
        tally.duplicated += count > 1;
    }
    return tally;
}

double percentile99(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, values.size() * 99 / 100)];
}

/// How long a commit takes while nothing happens.
std::vector<double> measureCommits(const Path& file, std::int64_t labelling) {
    const auto project = must(Project::open(file, StoreAccess::Write));
    Annotator annotator(*project, labelling, 99);
    for (int i = 0; i < 300; ++i)
        if (annotator.gesture().empty()) giveUp("commit");
    return annotator.seconds;
}

bool killLoop(int kills, const Path& folder, nlohmann::json& result) {
    const Path file = folder / "killed.lamina";
    const std::int64_t labelling = makeProject(file);
    std::mt19937 random(7);
    std::vector<std::string> acknowledged;
    std::vector<double> reopen;
    for (int round = 0; round < kills; ++round) {
        // Most die while they label, every tenth also while it opens.
        const auto lines = killedChild(file, labelling, static_cast<unsigned>(random()), static_cast<useconds_t>(random() % 120'000), round % 10 != 0);
        acknowledged.insert(acknowledged.end(), lines.begin(), lines.end());
        const Stopwatch watch;
        const auto project = must(Project::open(file, StoreAccess::Write));
        must(project->labelItems().next(labelling, {.state = ItemState::Unlabelled, .classNumbers = {}}, 0));
        reopen.push_back(watch.seconds());
        if (!project->close()) giveUp("close");
    }
    const auto commits = measureCommits(file, labelling);
    const auto project = must(Project::open(file, StoreAccess::Write));
    const Tally tally = compare(revisionsOf(*project, labelling), acknowledged);
    const bool whole = must(project->verify(VerifyLevel::Full)).empty() &&
                       must(project->labelItems().counts(labelling)) == must(project->labelItems().countAnew(labelling));
    result.update({{"kills", kills},
                   {"acknowledged", acknowledged.size()},
                   {"lost", tally.lost},
                   {"duplicated", tally.duplicated},
                   {"whole", whole},
                   {"reopen_p99_s", percentile99(reopen)},
                   {"commit_p99_ms", percentile99(commits) * 1000}});
    return tally.lost == 0 && tally.duplicated == 0 && whole && !acknowledged.empty();
}

/// Labels until the power is out; gives what was acknowledged before.
std::vector<std::string> labelUntilCut(const Path& file, std::int64_t labelling, std::mt19937& random) {
    std::vector<std::string> acknowledged;
    auto project = must(Project::open(file, StoreAccess::Write));
    Annotator annotator(*project, labelling, static_cast<unsigned>(random()));
    PowerCutDisk::cutAfter(20 + static_cast<std::int64_t>(random() % 400));
    for (int i = 0; i < 1000 && !PowerCutDisk::isCut(); ++i)
        if (const std::string revision = annotator.gesture(); !revision.empty()) acknowledged.push_back(revision);
    return acknowledged;
}

/// Cuts the power again and again, going on with what was on the disk each time. Gives how much of what was acknowledged was missing.
std::int64_t cutLoop(int cuts, const Path& folder, bool honest, std::int64_t& count) {
    PowerCutDisk::setHonest(honest);
    std::mt19937 random(11);
    Path file = folder / (honest ? "cut-0.lamina" : "careless-0.lamina");
    std::int64_t labelling = makeProject(file);
    std::vector<std::string> acknowledged;
    std::int64_t lost = 0;
    for (int round = 1; round <= cuts; ++round) {
        if (round % cutsPerProject == 0) {  // else every cut would be compared with all that was ever labelled
            std::error_code ignored;
            std::filesystem::remove(file, ignored);
            file = folder / ((honest ? "fresh-" : "careless-fresh-") + std::to_string(round) + ".lamina");
            labelling = makeProject(file);
            acknowledged.clear();
        }
        const auto lines = labelUntilCut(file, labelling, random);
        const Path next = folder / ((honest ? "cut-" : "careless-") + std::to_string(round) + ".lamina");
        PowerCutDisk::saveDisk(file, next, static_cast<double>(random() % 3) / 2);
        PowerCutDisk::restore();
        std::error_code ignored;
        for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + ending, ignored);
        std::filesystem::remove_all(file.string() + ".d", ignored);
        std::filesystem::create_directories(next.string() + ".d/files", ignored);
        file = next;
        count += std::ssize(lines);
        auto project = Project::open(file, StoreAccess::Write);
        if (!project) {
            lost += std::ssize(lines) + std::ssize(acknowledged);
            return lost;  // nothing is left to go on with
        }
        acknowledged.insert(acknowledged.end(), lines.begin(), lines.end());
        const auto found = revisionsOf(**project, labelling);
        lost += compare(found, acknowledged).lost;
        std::erase_if(acknowledged, [&](const std::string& revision) { return found.count(revision) == 0; });
        if (honest && !must((*project)->verify(VerifyLevel::Quick)).empty()) ++lost;
    }
    return lost;
}

bool powerLoop(int cuts, const Path& folder, nlohmann::json& result) {
    PowerCutDisk::install();
    std::int64_t acknowledged = 0, careless = 0;
    const std::int64_t lost = cutLoop(cuts, folder, true, acknowledged);
    const std::int64_t carelessLost = cutLoop(std::min(cuts, 20), folder, false, careless);
    result.update({{"cuts", cuts}, {"cut_acknowledged", acknowledged}, {"cut_lost", lost}, {"cut_lost_without_sync", carelessLost}});
    return lost == 0 && carelessLost > 0;
}

int run(int kills, int cuts, bool json) {
    const Path folder = std::filesystem::temp_directory_path() / ("lamina-kill-" + newUuid());
    std::filesystem::create_directories(folder);
    nlohmann::json result;
    bool good = kills == 0 || killLoop(kills, folder, result);
    good = (cuts == 0 || powerLoop(cuts, folder, result)) && good;
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    if (json) std::printf("%s\n", result.dump().c_str());
    else
        for (const auto& [key, value] : result.items()) std::printf("%s: %s\n", key.c_str(), value.dump().c_str());
    return good ? 0 : 1;
}

}  // namespace
}  // namespace lamina

int main(int argc, char** argv) {
    int kills = 0, cuts = 0;
    bool json = false;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--json") == 0) json = true;
        else if (std::strcmp(argv[i], "--kills") == 0 && i + 1 < argc) kills = std::atoi(argv[++i]);
        else if (std::strcmp(argv[i], "--cuts") == 0 && i + 1 < argc) cuts = std::atoi(argv[++i]);
        else {
            std::fprintf(stderr, "Usage: %s [--kills N] [--cuts N] [--json]\n", argv[0]);
            return 2;
        }
    }
    return lamina::run(kills, cuts, json);
}
