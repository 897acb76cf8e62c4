// Labelling by several people without a server: a package of items goes out as a file, comes back, and its labels are merged as revisions. Blocks; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/jobs/dataset_jobs.h"
#include "core/project/project.h"

namespace lamina {

inline constexpr const char* sessionEnding = ".lamina-session";
/// Of LabelSessionRecord::settings, here and not in the package: item (its key) → {"flagged", "comment"} as they went out, and {"flagged", "comment", "time",
/// "here"} as they were taken in last (`time`: of the state in the package, `here`: of the state here).
inline constexpr const char* sentMarks = "sent";
inline constexpr const char* takenMarks = "taken";
/// Of LabelSessionRecord::settings, here and not in the package: the keys of the items that went out, as keyRuns() (app/jobs/key_runs.h).
inline constexpr const char* sentItems = "keys";
/// Of LabelSessionRecord::settings: seconds for an item, where the person shared them.
inline constexpr const char* sharedSpeed = "seconds_per_item";

struct SessionRequest {
    std::string dataset;                ///< id or name; empty: the newest
    std::string person;                 ///< who is going to label
    std::vector<std::int64_t> rows;     ///< of the dataset; empty: all that `state` lets through
    std::optional<ItemState> state;
    bool notOut = false;                ///< without the items of packages that are not back yet
    std::int64_t part = 1, parts = 1;   ///< of these items the `part`-th of so many parts, by their keys: whoever gets which part when, no item is in two
    std::int64_t limit = 0;             ///< at most so many, the first ones; 0: all
    bool blind = false;                 ///< nothing of what others said goes with it
    bool pictures = false;              ///< pictures that lie outside the project go into the package too
};

struct SessionOut {
    LabelSessionRecord session;
    EditReceipt receipt;                ///< that notes in this project what went out
    Path file;
    std::uint64_t bytes = 0;
    std::int64_t items = 0, labels = 0;
    std::vector<Issue> issues;
};
/// Writes `file`: a project that holds nothing but these items, their classes and (unless blind) their labels, packed as one file; with the ending ".lamina" it
/// is that project itself, beside this one. On error or cancel nothing is there. "labelling.none", "label_session.no_items", "label_session.all_out", "label_session.no_person",
/// "jobs.file_exists", "label_item.not_found" {item}, errors of writing.
Result<SessionOut> sendSession(Project& project, const Path& file, const SessionRequest& request, const ImportJob& job = {});

/// The project that a package holds, unpacked beside it under its name; where that is there already it is gone on with. "label_session.not_a_session" {file},
/// errors of unpackProject().
Result<Path> openSession(const Path& file, const CancelToken& cancel = {}, const ProgressFunction& progress = {});

/// Notes in a package how quickly its person worked: one edit. "label_session.not_a_session" {file}.
Result<EditReceipt> shareSpeed(Project& package, double secondsPerItem);

struct SessionIn {
    LabelSessionRecord session;  ///< as this project knows it now
    EditReceipt receipt;         ///< empty: nothing in it was new
    std::int64_t items = 0;      ///< with something new
    std::int64_t revisions = 0;  ///< that came in
    std::int64_t disputes = 0;   ///< items where it differs from what is known here
    std::int64_t newClasses = 0;
    std::vector<Issue> issues;   ///< "label_session.item_gone" {name}
};
/// Takes in what was said in a package (the file, or the project that it was unpacked to). Every revision keeps who made it, when and with which tool; what is
/// known already is passed over, so that it may be done again at any time. Nothing is overwritten: where somebody else said something of the item here, this becomes
/// another pass, and the item is disputed unless all say the same; so it is where both changed one label, or where it was skipped or found empty in one of
/// them and something else was said in the other (opinionsOf()). States with their reasons, flags and comments come back, too: what was changed in the package
/// since it went out (or was taken in last) and not here; of two comments both stay. One edit. "label_session.not_a_session" {file}, "label_session.of_another" {file}, errors of unpackProject().
Result<SessionIn> mergeSession(Project& project, const Path& file, const ImportJob& job = {});

}  // namespace lamina
