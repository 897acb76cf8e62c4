#include "app/jobs/annotation_agreement.h"

#include <cmath>
#include <set>

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

Opinion opinionOf(const std::vector<AnnotationRecord>& labels, const std::string& annotator, const ClassNumbers& numbers) {
    Opinion opinion;
    for (const AnnotationRecord& label : labels) {
        if (label.annotator != annotator && label.model != annotator) continue;
        const std::int64_t number = numbers.current(label.classNumber);
        if (auto shape = shapeFromDocument(label.document, std::to_string(number))) opinion.shapes.push_back(std::move(*shape));
        else if (number > 0) opinion.classes.push_back(number);
    }
    return opinion;
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
            m_overlaps += match.overlap;
            m_shapesA.push_back(std::atoll(a.shapes[match.a].label.c_str()));
            m_shapesB.push_back(std::atoll(b.shapes[match.b].label.c_str()));
        }
    }
    AgreementReport report() {
        m_report.classified = std::ssize(m_a);
        m_report.cohen = cohenKappa(m_a, m_b);
        m_report.krippendorff = krippendorffAlpha({{m_a.begin(), m_a.end()}, {m_b.begin(), m_b.end()}});
        m_report.overlap = m_report.matched > 0 ? m_overlaps / static_cast<double>(m_report.matched) : std::nan("");
        m_report.cohenOfShapes = cohenKappa(m_shapesA, m_shapesB);
        return m_report;
    }

private:
    AgreementReport m_report;
    std::vector<std::int64_t> m_a, m_b, m_shapesA, m_shapesB;
    double m_overlaps = 0;
};

std::string listed(const std::set<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

Result<AgreementReport> annotatorAgreement(Project& project, const DatasetRecord& dataset, const std::string& a, const std::string& b,
                                           const CancelToken& cancel) {
    LAMINA_TRY(const auto labelling, project.labelItems().ofDataset(dataset.id));
    if (!labelling) return fail("labelling.none", {{"dataset", dataset.name}});
    LAMINA_TRY(const auto classes, project.labelClasses().all());
    const ClassNumbers numbers(classes);
    std::set<std::string> known;
    Agreement agreement;
    constexpr std::int64_t atOnce = 2000;
    for (std::int64_t position = 0;;) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto items, project.labelItems().list(labelling->key, {}, position, atOnce));
        for (const LabelItemRecord& item : items) {
            LAMINA_TRY(const auto labels, project.annotations().ofItem(item.key));
            for (const AnnotationRecord& label : labels) known.insert(label.model.empty() ? label.annotator : label.model);
            const Opinion first = opinionOf(labels, a, numbers), second = opinionOf(labels, b, numbers);
            if (!first.empty() && !second.empty()) agreement.add(first, second, item);
        }
        if (std::ssize(items) < atOnce) break;
        position = items.back().position + 1;
    }
    if (!known.count(a) || !known.count(b))
        return fail("labelling.agreement_needs_two", {{"found", std::to_string(known.size())}, {"known", listed(known)}});
    return agreement.report();
}

}  // namespace lamina
