#include "app/jobs/annotation_agreement.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "app/jobs/annotation_jobs.h"
#include "core/annotation/agreement.h"
#include "core/annotation/shape_document.h"

namespace lamina {
namespace {

/// What one annotator says about an item.
struct Opinion {
    std::vector<AnnotationShape> shapes;  ///< `label`: the number of the class
    std::vector<std::int64_t> classes;    ///< of the item as a whole
    bool empty() const { return shapes.empty() && classes.empty(); }
};
using ItemOpinions = std::map<std::string, Opinion>;  ///< by name

const std::string& authorOf(const AnnotationRecord& label) { return label.model.empty() ? label.annotator : label.model; }

/// The newest that everybody said of each label; `history` is oldest first.
ItemOpinions opinionsOfAll(const std::vector<AnnotationRecord>& history, const ClassNumbers& numbers) {
    std::map<std::pair<std::string, std::string>, const AnnotationRecord*> newest;
    for (const AnnotationRecord& revision : history)
        if (revision.tool != AnnotationRepository::settlingTool) newest[{authorOf(revision), revision.label}] = &revision;
    ItemOpinions opinions;
    for (const auto& [key, label] : newest) {
        Opinion& opinion = opinions[key.first];
        const std::int64_t number = numbers.current(label->classNumber);
        if (label->removed) continue;
        if (auto shape = shapeFromDocument(label->document, std::to_string(number))) opinion.shapes.push_back(std::move(*shape));
        else if (number > 0) opinion.classes.push_back(number);
    }
    return opinions;
}

class Agreement {
public:
    void add(const Opinion& a, const Opinion& b, const LabelItemRecord& item) {
        ++m_report.items;
        if (a.classes.size() == 1 && b.classes.size() == 1) {
            m_a.push_back(a.classes[0]);
            m_b.push_back(b.classes[0]);
        }
        m_report.shapesA += std::ssize(a.shapes);
        m_report.shapesB += std::ssize(b.shapes);
        for (const ShapeMatch& match : matchShapes(a.shapes, b.shapes, 0.5, item.width, item.height)) {
            ++m_report.matched;
            overlaps += match.overlap;
            m_shapesA.push_back(std::atoll(a.shapes[match.a].label.c_str()));
            m_shapesB.push_back(std::atoll(b.shapes[match.b].label.c_str()));
        }
    }
    AgreementReport report() {
        m_report.classified = std::ssize(m_a);
        m_report.cohen = cohenKappa(m_a, m_b);
        m_report.krippendorff = krippendorffAlpha({{m_a.begin(), m_a.end()}, {m_b.begin(), m_b.end()}});
        m_report.overlap = m_report.matched > 0 ? overlaps / static_cast<double>(m_report.matched) : std::nan("");
        m_report.cohenOfShapes = cohenKappa(m_shapesA, m_shapesB);
        return m_report;
    }
    double overlaps = 0;  ///< summed

private:
    AgreementReport m_report;
    std::vector<std::int64_t> m_a, m_b, m_shapesA, m_shapesB;
};

std::string listed(const std::set<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

bool cameWithTheData(const AnnotationRecord& revision) { return revision.tool.starts_with("import:") || revision.tool.starts_with("column:"); }

struct ReadItem {
    LabelItemRecord item;
    ItemOpinions opinions;
};

/// What everybody said of all items of which somebody said something.
struct AllOpinions {
    std::vector<ReadItem> items;
    std::set<std::string> people, givers, known;  ///< givers: those too whose labels all came with the data; known: models too
};

Result<AllOpinions> readOpinions(Project& project, const DatasetRecord& dataset, const CancelToken& cancel) {
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    LAMINA_TRY(const auto classes, project.labelClasses().all());
    const ClassNumbers numbers(classes);
    AllOpinions all;
    constexpr std::int64_t atOnce = 2000;
    for (std::int64_t position = 0;;) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto items, project.labelItems().list(labelling.key, {}, position, atOnce));
        for (const LabelItemRecord& item : items) {
            LAMINA_TRY(const auto history, project.annotations().history(item.key));
            if (history.empty()) continue;
            for (const AnnotationRecord& revision : history) {
                if (revision.tool == AnnotationRepository::settlingTool) continue;
                all.known.insert(authorOf(revision));
                if (!revision.model.empty()) continue;
                all.givers.insert(revision.annotator);
                if (!cameWithTheData(revision)) all.people.insert(revision.annotator);
            }
            all.items.push_back({item, opinionsOfAll(history, numbers)});
        }
        if (std::ssize(items) < atOnce) return all;
        position = items.back().position + 1;
    }
}

const Opinion* saidBy(const ReadItem& item, const std::string& who) {
    const auto found = item.opinions.find(who);
    return found == item.opinions.end() || found->second.empty() ? nullptr : &found->second;
}

/// Rows: people, columns: items; NaN where somebody did not give the item one class.
std::vector<std::vector<double>> ratingsOf(const AllOpinions& all, const std::vector<std::string>& people) {
    std::vector<std::vector<double>> ratings;
    for (const std::string& who : people) {
        std::vector<double>& row = ratings.emplace_back();
        for (const ReadItem& item : all.items) {
            const Opinion* opinion = saidBy(item, who);
            row.push_back(opinion && opinion->classes.size() == 1 ? static_cast<double>(opinion->classes[0]) : std::numeric_limits<double>::quiet_NaN());
        }
    }
    return ratings;
}

/// How many gave each class, for the items that everybody gave one.
std::vector<std::vector<std::int64_t>> completeCounts(const std::vector<std::vector<double>>& ratings) {
    std::map<double, std::size_t> places;
    for (const auto& row : ratings)
        for (const double value : row)
            if (!std::isnan(value)) places.emplace(value, 0);
    std::size_t place = 0;
    for (auto& [value, at] : places) at = place++;
    std::vector<std::vector<std::int64_t>> counts;
    for (std::size_t item = 0; item < ratings.front().size(); ++item) {
        if (std::any_of(ratings.begin(), ratings.end(), [&](const auto& row) { return std::isnan(row[item]); })) continue;
        auto& row = counts.emplace_back(places.size());
        for (const auto& rater : ratings) ++row[places.at(rater[item])];
    }
    return counts;
}

Agreement agreementOf(const AllOpinions& all, const std::string& a, const std::string& b) {
    Agreement agreement;
    for (const ReadItem& item : all.items) {
        const Opinion *first = saidBy(item, a), *second = saidBy(item, b);
        if (first && second) agreement.add(*first, *second, item.item);
    }
    return agreement;
}

Error needsTwo(const AllOpinions& all) { return fail("labelling.agreement_needs_two", {{"found", std::to_string(all.known.size())}, {"known", listed(all.known)}}); }

}  // namespace

Result<AgreementReport> annotatorAgreement(Project& project, const DatasetRecord& dataset, const std::string& a, const std::string& b,
                                           const CancelToken& cancel) {
    LAMINA_TRY(const auto all, readOpinions(project, dataset, cancel));
    if (!all.known.count(a) || !all.known.count(b)) return needsTwo(all);
    return agreementOf(all, a, b).report();
}

Result<GroupAgreement> groupAgreement(Project& project, const DatasetRecord& dataset, std::vector<std::string> people, const CancelToken& cancel) {
    LAMINA_TRY(const auto all, readOpinions(project, dataset, cancel));
    if (people.empty()) {
        const auto& asked = all.people.size() >= 2 ? all.people : all.givers;
        people.assign(asked.begin(), asked.end());
    }
    const bool known = std::all_of(people.begin(), people.end(), [&](const std::string& who) { return all.known.count(who) > 0; });
    if (!known || people.size() < 2) return needsTwo(all);
    GroupAgreement group;
    group.people = people;
    group.known.assign(all.known.begin(), all.known.end());
    for (const ReadItem& item : all.items)
        if (std::count_if(people.begin(), people.end(), [&](const std::string& who) { return saidBy(item, who) != nullptr; }) >= 2) ++group.items;
    const auto ratings = ratingsOf(all, people);
    const auto counts = completeCounts(ratings);
    group.complete = std::ssize(counts);
    group.fleiss = fleissKappa(counts);
    group.krippendorff = krippendorffAlpha(ratings);
    double overlaps = 0;
    for (std::size_t i = 0; i < people.size(); ++i)
        for (std::size_t j = i + 1; j < people.size(); ++j) {
            Agreement agreement = agreementOf(all, people[i], people[j]);
            overlaps += agreement.overlaps;
            group.pairs.push_back({people[i], people[j], agreement.report()});
            group.matched += group.pairs.back().report.matched;
        }
    group.overlap = group.matched > 0 ? overlaps / static_cast<double>(group.matched) : std::nan("");
    return group;
}

}  // namespace lamina
