// A package comes back: what is new in it becomes revisions of this project.
#include <algorithm>
#include <map>
#include <set>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/label_opinions.h"
#include "app/jobs/label_sessions.h"
#include "app/jobs/pack_jobs.h"
#include "app/jobs/work_folder.h"

namespace lamina {
namespace {

constexpr std::int64_t mergedItemsAtOnce = 2000;

/// Numbers of the package's classes in this project; classes that it does not have are added.
class MergedClasses {
public:
    MergedClasses(const std::vector<LabelClassRecord>& here, const std::vector<LabelClassRecord>& there) {
        std::map<std::string, std::int64_t> byId, byName;
        std::set<std::int64_t> taken;
        std::int64_t last = 0;
        for (const LabelClassRecord& record : here) {
            byId[record.id] = record.number;
            if (!record.retired || !byName.count(record.name)) byName[record.name] = record.number;
            taken.insert(record.number);
            last = std::max(last, record.number);
        }
        for (const LabelClassRecord& record : there) {
            if (byId.count(record.id)) m_numbers[record.number] = byId[record.id];
            else if (byName.count(record.name)) m_numbers[record.number] = byName[record.name];
            else {
                LabelClassRecord fresh = record;
                if (taken.count(fresh.number)) fresh.number = ++last;
                taken.insert(fresh.number);
                last = std::max(last, fresh.number);
                fresh.mergedInto = 0;
                m_numbers[record.number] = fresh.number;
                m_added.push_back(std::move(fresh));
            }
        }
    }
    std::int64_t numberHere(std::int64_t there) const {
        const auto found = m_numbers.find(there);
        return found == m_numbers.end() ? there : found->second;
    }
    /// New ones among these that labels name.
    std::vector<LabelClassRecord> named(const std::set<std::int64_t>& numbers) const {
        std::vector<LabelClassRecord> records;
        for (const LabelClassRecord& record : m_added)
            if (numbers.count(record.number)) records.push_back(record);
        return records;
    }

private:
    std::map<std::int64_t, std::int64_t> m_numbers;
    std::vector<LabelClassRecord> m_added;
};

/// Parents before their children, whatever the clocks said.
std::vector<AnnotationRecord> parentsFirst(std::vector<AnnotationRecord> revisions) {
    std::vector<AnnotationRecord> sorted;
    std::set<std::string> waiting;
    for (const AnnotationRecord& revision : revisions) waiting.insert(revision.id);
    while (!revisions.empty()) {
        const auto ready = [&](const AnnotationRecord& revision) { return waiting.count(revision.parent) == 0; };
        const auto first = std::stable_partition(revisions.begin(), revisions.end(), [&](const AnnotationRecord& revision) { return !ready(revision); });
        if (first == revisions.end()) return {};  // a circle is no history
        for (auto at = first; at != revisions.end(); ++at) {
            waiting.erase(at->id);
            sorted.push_back(std::move(*at));
        }
        revisions.erase(first, revisions.end());
    }
    return sorted;
}

class Merge {
public:
    Merge(Project& project, Project& package, LabelSessionRecord session, const LabellingRecord& here, const LabellingRecord& there, const ImportJob& job)
        : m_project(project), m_package(package), m_here(here), m_there(there), m_job(job) {
        m_outcome.session = std::move(session);
    }

    Result<SessionIn> run() {
        LAMINA_TRY(const auto here, m_project.labelClasses().all());
        LAMINA_TRY(const auto there, m_package.labelClasses().all());
        m_numbers.emplace(here);
        m_classes.emplace(here, there);
        for (std::int64_t position = 0;;) {
            if (m_job.cancel.cancelled()) return fail("job.cancelled");
            LAMINA_TRY(const auto items, m_package.labelItems().list(m_there.key, {}, position, mergedItemsAtOnce));
            for (const LabelItemRecord& item : items) LAMINA_CHECK(take(item));
            if (std::ssize(items) < mergedItemsAtOnce) break;
            position = items.back().position + 1;
            if (m_job.progress) m_job.progress({"labels", position, 0, "items"});
        }
        LAMINA_CHECK(write());
        return std::move(m_outcome);
    }

private:
    /// What is known of an item of the package: as it went out, or as it was taken in last.
    struct Known {
        bool flagged = false;
        std::string comment;
        bool newState = false;      ///< its state was changed in the package since
        bool changedHere = false;   ///< its state was changed here since
    };

    Result<void> take(const LabelItemRecord& item) {
        LAMINA_TRY(const auto known, m_project.labelItems().byIdentity(m_here.key, item.identity));
        if (!known) {
            m_outcome.issues.push_back({Severity::Warning, fail("label_session.item_gone", {{"name", item.identity}}), 1});
            return {};
        }
        LAMINA_TRY(const auto history, m_project.annotations().history(known->key));
        LAMINA_TRY(const auto brought, m_package.annotations().history(item.key));
        const Known before = knownOf(*known, item);
        LabelGesture gesture;
        gesture.item = known->key;
        gesture.revisions = newOnes(history, brought, *known);
        takeMarks(gesture, before, *known, item);
        const bool newState = takesState(before, *known, item);
        gesture.disputed = disputesState(before, *known, item);
        if (gesture.revisions.empty() && !newState && !gesture.disputed && !gesture.flagged && !gesture.comment) return {};
        if (newState) {
            gesture.state = item.state;
            gesture.reason = item.reason;
            gesture.stateBy = item.annotator;
            gesture.stateTime = item.time;
        } else if (m_passHere > 1 || gesture.disputed) {
            gesture.state = known->state;
            gesture.reason = known->reason;
        }
        noteTaken(*known, item, newState ? item.time : known->time, gesture.disputed);
        ++m_outcome.items;
        m_outcome.revisions += std::ssize(gesture.revisions);
        if (gesture.disputed) ++m_outcome.disputes;
        else if (!gesture.revisions.empty()) compare(gesture, history, *known);
        m_edit.gestures.push_back(std::move(gesture));
        return {};
    }

    const nlohmann::json* noted(const char* what, std::int64_t item) const {
        const auto all = m_outcome.session.settings.find(what);
        if (all == m_outcome.session.settings.end() || !all->is_object()) return nullptr;
        const auto entry = all->find(std::to_string(item));
        return entry == all->end() || !entry->is_object() ? nullptr : &*entry;
    }

    /// Packages of older versions did not stamp their items: there the clocks have to agree.
    Known knownOf(const LabelItemRecord& here, const LabelItemRecord& there) const {
        const LabelSessionRecord& session = m_outcome.session;
        const auto* taken = noted(takenMarks, here.key);
        const auto* marks = taken ? taken : noted(sentMarks, here.key);
        Known known;
        if (marks) {
            known.flagged = marks->value("flagged", false);
            known.comment = marks->value("comment", std::string());
        }
        if (taken) {
            known.newState = there.time != taken->value("time", std::int64_t{0});
            known.changedHere = here.time != taken->value("here", std::int64_t{0});
        } else {
            known.newState = session.settings.value("stamped", false) ? there.time != session.created : there.time > std::max(session.created, session.merged);
            known.changedHere = here.time > session.created;
        }
        return known;
    }

    /// A flag that was set or taken away in the package, a comment that was written there. Of two comments both stay.
    void takeMarks(LabelGesture& gesture, const Known& before, const LabelItemRecord& here, const LabelItemRecord& there) const {
        if (there.flagged != before.flagged && there.flagged != here.flagged) gesture.flagged = there.flagged;
        if (there.comment == before.comment || there.comment == here.comment) return;
        const bool alone = here.comment.empty() || here.comment == before.comment;
        const std::string who = m_outcome.session.settings.value("annotator", std::string());
        gesture.comment = alone ? there.comment : there.comment.empty() ? here.comment : here.comment + " / " + who + ": " + there.comment;
        if (gesture.comment == here.comment) gesture.comment.reset();
    }

    /// What is no more than "somebody drew something" is said by the labels themselves.
    static bool isSaid(ItemState state) { return state == ItemState::Skipped || state == ItemState::CheckedEmpty; }

    /// The state was changed in the package, and nothing else was said here meanwhile.
    bool takesState(const Known& before, const LabelItemRecord& here, const LabelItemRecord& there) const {
        const bool free = !before.changedHere || here.state == ItemState::Unlabelled;
        return m_passHere == 1 && before.newState && free && there.state != here.state;
    }

    /// Skipped or found empty in one of them, something else in the other; whoever labelled blindly did not know what was said here before.
    bool disputesState(const Known& before, const LabelItemRecord& here, const LabelItemRecord& there) const {
        const bool saidHere = here.state != ItemState::Unlabelled && (before.changedHere || m_passHere > 1 || m_outcome.session.settings.value("blind", false));
        const bool parted = isSaid(there.state) ? there.state != here.state : isSaid(here.state) && m_passHere == 1;
        return before.newState && saidHere && parted && there.state != ItemState::Unlabelled;
    }

    /// So that the next time only what is new then is taken in, and the other state can be looked at and decided for.
    void noteTaken(const LabelItemRecord& here, const LabelItemRecord& there, std::int64_t timeHere, bool disputed) {
        const std::string key = std::to_string(here.key);
        m_taken[key] = {{"flagged", there.flagged}, {"comment", there.comment}, {"time", there.time}, {"here", timeHere}};
        if (disputed && isSaid(there.state)) m_disputed[key] = {{"state", itemStateName(there.state)}, {"reason", there.reason}, {"who", there.annotator}, {"time", there.time}};
    }

    /// Somebody here, and whoever labelled the package did not know it.
    bool saidThatNothingIsThere(const LabelItemRecord& here) const {
        const bool unknown = m_outcome.session.settings.value("blind", false) || here.time > m_outcome.session.created;
        return here.state == ItemState::CheckedEmpty && unknown;
    }

    std::vector<AnnotationRecord> newOnes(const std::vector<AnnotationRecord>& history, const std::vector<AnnotationRecord>& brought, const LabelItemRecord& item) {
        std::map<std::string, const AnnotationRecord*> known;
        std::map<std::string, std::int64_t> passOfLabel;
        std::set<std::string> sent;
        for (const AnnotationRecord& revision : history) {
            known[revision.id] = &revision;
            passOfLabel[revision.label] = revision.pass;
        }
        for (const AnnotationRecord& revision : brought) sent.insert(revision.label);
        m_passHere = passFor(history, sent, saidThatNothingIsThere(item));
        std::vector<AnnotationRecord> fresh;
        std::set<std::string> coming;
        for (const AnnotationRecord& revision : brought)
            if (!known.count(revision.id)) coming.insert(revision.id);
        for (const AnnotationRecord& revision : brought) {
            if (known.count(revision.id)) continue;
            AnnotationRecord record = revision;
            record.classNumber = m_classes->numberHere(record.classNumber);
            const auto before = passOfLabel.find(record.label);
            record.pass = before != passOfLabel.end() ? before->second : m_passHere;
            // What it replaced was taken back here meanwhile.
            if (!known.count(record.parent) && !coming.count(record.parent)) record.parent.clear();
            if (record.removed && record.parent.empty()) continue;
            m_named.insert(record.classNumber);
            fresh.push_back(std::move(record));
        }
        return parentsFirst(std::move(fresh));
    }

    /// What somebody else said here of the item meanwhile makes this a second opinion.
    std::int64_t passFor(const std::vector<AnnotationRecord>& history, const std::set<std::string>& sent, bool others) const {
        std::int64_t last = 1;
        for (const AnnotationRecord& revision : history) {
            last = std::max(last, revision.pass);
            if (revision.pass > 1 && sent.count(revision.label)) return revision.pass;  // it came back before
            others = others || (revision.live && revision.model.empty() && revision.pass == 1 && !sent.count(revision.label));
        }
        return others ? last + 1 : 1;
    }

    /// As the item will be: do all that were asked say the same?
    void compare(LabelGesture& gesture, std::vector<AnnotationRecord> history, const LabelItemRecord& item) {
        history.insert(history.end(), gesture.revisions.begin(), gesture.revisions.end());
        const auto opinions = opinionsIn(history);
        bool alike = item.state != ItemState::CheckedEmpty || m_passHere == 1;
        for (std::size_t i = 1; i < opinions.size(); ++i) alike = alike && isAlike(opinions[0], opinions[i], *m_numbers, item);
        gesture.settles = alike;
        if (!alike) ++m_outcome.disputes;
    }

    Result<void> write() {
        const bool first = m_outcome.session.merged == 0;
        if (m_edit.gestures.empty() && !first) return {};
        m_edit.classes = m_classes->named(m_named);
        m_outcome.newClasses = std::ssize(m_edit.classes);
        m_edit.mayConflict = true;
        m_edit.session = m_outcome.session.id;
        m_edit.sessionSettings = m_outcome.session.settings;
        for (const auto& [name, news] : {std::pair{takenMarks, &m_taken}, {statesInDispute, &m_disputed}})
            for (const auto& [key, entry] : news->items()) (*m_edit.sessionSettings)[name][key] = entry;
        EditName name = editName("edit.merge_session", {{"name", m_outcome.session.settings.value("name", std::string())}, {"items", std::to_string(m_outcome.items)}});
        LAMINA_TRY(m_outcome.receipt, m_project.annotations().apply(std::move(name), std::move(m_edit)).get());
        return {};
    }

    Project& m_project;
    Project& m_package;
    const LabellingRecord& m_here;
    const LabellingRecord& m_there;
    const ImportJob& m_job;
    std::int64_t m_passHere = 1;  ///< of the item that is looked at
    std::optional<ClassNumbers> m_numbers;
    std::optional<MergedClasses> m_classes;
    std::set<std::int64_t> m_named;
    nlohmann::json m_taken = nlohmann::json::object(), m_disputed = nlohmann::json::object();
    LabelEdit m_edit;
    SessionIn m_outcome;
};

Result<LabelSessionRecord> packageOf(Project& package, const Path& file) {
    LAMINA_TRY(const auto session, package.labelSessions().package());
    if (!session) return fail("label_session.not_a_session", {{"file", file.string()}});
    return *session;
}

Result<SessionIn> mergePackage(Project& project, Project& package, const Path& file, const ImportJob& job) {
    LAMINA_TRY(const auto there, packageOf(package, file));
    LAMINA_TRY(const auto sent, project.labelSessions().all());
    const auto known = std::find_if(sent.begin(), sent.end(), [&](const LabelSessionRecord& record) { return record.id == there.id && !record.isPackage; });
    if (known == sent.end()) return fail("label_session.of_another", {{"file", file.string()}});
    LAMINA_TRY(const auto datasetHere, findDataset(project, known->settings.value("dataset", std::string())));
    LAMINA_TRY(const auto here, labellingOf(project, datasetHere));
    LAMINA_TRY(const auto datasetThere, findDataset(package, {}));
    LAMINA_TRY(const auto labellingThere, labellingOf(package, datasetThere));
    auto session = *known;
    if (const auto speed = there.settings.find(sharedSpeed); speed != there.settings.end()) session.settings[sharedSpeed] = *speed;
    LAMINA_TRY(auto outcome, Merge(project, package, std::move(session), here, labellingThere, job).run());
    LAMINA_TRY(const auto now, project.labelSessions().all());
    for (const LabelSessionRecord& record : now)
        if (record.id == outcome.session.id && !record.isPackage) outcome.session = record;
    return outcome;
}

}  // namespace

Result<SessionIn> mergeSession(Project& project, const Path& file, const ImportJob& job) {
    if (file.extension() == ".lamina") {
        LAMINA_TRY(const auto package, Project::open(file, StoreAccess::ReadOnly));
        return mergePackage(project, *package, file, job);
    }
    const WorkFolder folder(project, "session");
    LAMINA_TRY(const auto unpacked, unpackProject(file, folder.path(), job.cancel));
    LAMINA_TRY(const auto package, Project::open(unpacked.file, StoreAccess::ReadOnly));
    return mergePackage(project, *package, file, job);
}

}  // namespace lamina
