#include "app/pages/label/text_desk.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

#include "app/jobs/annotation_jobs.h"
#include "app/pages/label/label_keys.h"
#include "app/pages/label/mark_acts.h"
#include "app/workspace/workspace.h"
#include "core/annotation/shape_document.h"
#include "widgets/common/theme.h"
#include "widgets/spans/span_view.h"

namespace lamina {

namespace {

std::string member(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Arrows that begin or end at this label.
bool leadsTo(const AnnotationRecord& record, const std::string& label) {
    const auto relation = record.document.find("relation");
    return relation != record.document.end() && relation->is_object() && (member(*relation, "from") == label || member(*relation, "to") == label);
}

std::u16string_view unitsOf(const QString& text) { return {reinterpret_cast<const char16_t*>(text.utf16()), static_cast<std::size_t>(text.size())}; }

/// What spans were marked as so far, in all texts.
Result<std::shared_ptr<SpanDictionary>> dictionaryOf(Project& project, const DatasetRecord& dataset, const CancelToken& cancel) {
    LAMINA_TRY(const auto set, annotationsOf(project, dataset, {}, {}, cancel));
    auto dictionary = std::make_shared<SpanDictionary>();
    for (const auto& item : set.images) {
        if (item.shapes.empty()) continue;
        const TextOffsets offsets(item.text);
        for (const auto& shape : item.shapes)
            if (shape.kind == ShapeKind::Span) {
                const auto part = offsets.part(static_cast<std::int64_t>(shape.begin), static_cast<std::int64_t>(shape.end));
                dictionary->add(unitsOf(QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()))), shape.label);
            }
    }
    return dictionary;
}

bool byId(const SpanMark& a, const SpanMark& b) { return a.id < b.id; }

}  // namespace

TextDesk::TextDesk(Workspace& workspace, QWidget* parent) : ItemDesk(parent), m_workspace(workspace), m_view(new SpanView), m_arrowText(new QLabel), m_arrow(new QComboBox) {
    setObjectName("label_texts");
    m_view->setObjectName("label_text");
    m_view->setOwnKeys(false);
    m_arrow->setObjectName("label_arrow");
    m_arrow->setEditable(true);
    m_arrow->setInsertPolicy(QComboBox::NoInsert);
    m_arrow->setMinimumContentsLength(14);
    m_arrow->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_arrowText->setBuddy(m_arrow);
    m_arrowText->setProperty(ThemeRole::muted, true);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch(1);
    row->addWidget(m_arrowText);
    row->addWidget(m_arrow);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_view, 1);
    layout->addLayout(row);
    connect(m_view, &SpanView::edited, this, &TextDesk::edited);
    connect(m_view, &SpanView::relationDrawn, this, &TextDesk::connectSpans);
    connect(m_view, &SpanView::accepted, this, &ItemDesk::accepted);
    connect(m_view, &SpanView::labelWanted, this, &ItemDesk::classWanted);
    connect(m_view, &SpanView::hint, this, &ItemDesk::said);
    connect(m_view, &SpanView::selectionChanged, this, [this] {
        std::vector<std::string> labels;
        if (!m_view->selected().isEmpty()) labels.push_back(m_view->selected().toStdString());
        emit selectionChanged(labels);
    });
    connect(m_arrow->lineEdit(), &QLineEdit::returnPressed, m_view, [this] { m_view->setFocus(); });
    retranslate();
}

void TextDesk::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    if (!m_desk) {
        m_dictionary = {};
        m_dictionaryOf.clear();
        return showItem(nullptr);
    }
    if (m_dictionaryOf != m_desk->dataset.id) readDictionary();
}

void TextDesk::readDictionary() {
    const auto project = m_workspace.shared();
    if (!project || !m_desk->labelling) return;
    m_dictionaryOf = m_desk->dataset.id;
    m_dictionary = {};
    m_workspace.tasks().quietly(this, [project, dataset = m_desk->dataset](TaskContext& context) { return dictionaryOf(*project, dataset, context.cancel); },
                                [this, id = m_dictionaryOf](Result<std::shared_ptr<SpanDictionary>> read) {
                                    if (!read || id != m_dictionaryOf) return;
                                    m_dictionary = std::move(**read);
                                    propose();
                                });
}

void TextDesk::showItem(const ShownItem* item) {
    if (!item || !m_desk) {
        m_item = 0;
        m_text.clear();
        m_heads.clear();
        m_offsets.reset();
        return m_view->setText({});
    }
    if (item->item.key != m_item) {
        m_item = item->item.key;
        m_text = item->text;
        m_offsets = std::make_unique<TextOffsets>(m_text);
        m_view->setText(QString::fromUtf8(m_text.data(), static_cast<qsizetype>(m_text.size())));
    }
    m_heads = item->heads;
    std::vector<SpanMark> spans;
    std::vector<SpanRelation> relations;
    for (const auto& [label, head] : m_heads) {
        const QString id = QString::fromStdString(label);
        if (const auto relation = head.document.find("relation"); relation != head.document.end() && relation->is_object()) {
            const QString words = QString::fromStdString(member(*relation, "label"));
            relations.push_back({id, QString::fromStdString(member(*relation, "from")), QString::fromStdString(member(*relation, "to")), words});
            if (!words.isEmpty() && m_arrow->findText(words) < 0) m_arrow->addItem(words);
            continue;
        }
        const auto shape = head.document.empty() ? Result<AnnotationShape>(AnnotationShape()) : shapeFromDocument(head.document, {});
        if (!shape || shape->kind != ShapeKind::Span) continue;
        const auto look = labelOf(m_desk->known, head.classNumber);
        spans.push_back({id, static_cast<int>(m_offsets->unitOf(static_cast<std::int64_t>(shape->begin))), static_cast<int>(m_offsets->unitOf(static_cast<std::int64_t>(shape->end))),
                         look.name, look.colour, !head.model.empty()});
    }
    auto shown = m_view->spans();
    std::sort(shown.begin(), shown.end(), byId);
    std::sort(spans.begin(), spans.end(), byId);
    if (shown != spans) m_view->setSpans(std::move(spans));
    m_view->setRelations(std::move(relations));
    propose();
}

void TextDesk::propose() {
    if (!m_desk || m_item == 0) return;
    std::vector<TextPiece> taken;
    for (const auto& span : m_view->spans()) taken.push_back({span.begin, span.end});
    std::vector<SpanMark> suggestions;
    for (const auto& proposal : m_dictionary.proposals(unitsOf(m_view->text()), std::move(taken))) {
        const std::int64_t number = numberOf(proposal.label);
        if (number == 0) continue;
        const auto look = labelOf(m_desk->classes, number);
        const auto begin = static_cast<int>(proposal.piece.begin);
        suggestions.push_back({QString("proposal %1").arg(begin), begin, static_cast<int>(proposal.piece.end), look.name, look.colour, true});
    }
    if (suggestions != m_view->suggestions()) m_view->setSuggestions(std::move(suggestions));
}

void TextDesk::learn(const SpanMark& span) { m_dictionary.add(unitsOf(m_view->text()).substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end - span.begin)), span.label.toStdString()); }

std::int64_t TextDesk::numberOf(const std::string& name) const {
    const auto found = std::find_if(m_desk->classes.begin(), m_desk->classes.end(), [&](const auto& record) { return record.name == name; });
    return found == m_desk->classes.end() ? 0 : found->number;
}

/// What else is said of the span (attributes) stays.
LabelChange TextDesk::changeOf(const SpanMark& span) const {
    LabelChange change{span.id.toStdString(), numberOf(span.label.toStdString()), {}, false, {}};
    AnnotationShape shape;
    const auto head = m_heads.find(change.label);
    if (head != m_heads.end())
        if (auto known = shapeFromDocument(head->second.document, {})) shape = std::move(*known);
    shape.kind = ShapeKind::Span;
    shape.begin = static_cast<double>(m_offsets->characterOfUnit(span.begin));
    shape.end = static_cast<double>(m_offsets->characterOfUnit(span.end));
    change.document = shapeToDocument(shape);
    if (change.classNumber == 0 && head != m_heads.end()) change.classNumber = head->second.classNumber;  // of a retired class
    return change;
}

/// With a span its arrows go.
void TextDesk::edited(const SpanEdit& edit) {
    if (!m_desk || !m_offsets) return;
    std::vector<LabelChange> changes;
    for (const auto& gone : edit.before) {
        if (std::any_of(edit.after.begin(), edit.after.end(), [&](const auto& span) { return span.id == gone.id; })) continue;
        const std::string label = gone.id.toStdString();
        changes.push_back({label, 0, {}, true, gone.label.toStdString()});
        for (const auto& [other, head] : m_heads)
            if (leadsTo(head, label)) changes.push_back({other, 0, {}, true, {}});
    }
    for (const auto& span : edit.after) {
        changes.push_back(changeOf(span));
        learn(span);
    }
    emit changed(changes, "span");
}

/// Drawn a second time, an arrow goes again.
void TextDesk::connectSpans(const QString& from, const QString& to) {
    if (!m_desk) return;
    const QString words = m_arrow->currentText().trimmed();
    const auto known = std::find_if(m_view->relations().begin(), m_view->relations().end(), [&](const auto& relation) { return relation.from == from && relation.to == to; });
    if (known != m_view->relations().end()) return emit changed({{known->id.toStdString(), 0, {}, true, known->label.toStdString()}}, "arrow");
    if (m_arrow->findText(words) < 0 && !words.isEmpty()) m_arrow->addItem(words);
    nlohmann::json document{{"relation", {{"label", words.toStdString()}, {"from", from.toStdString()}, {"to", to.toStdString()}}}};
    emit changed({{newUuid(), 0, std::move(document), false, words.toStdString()}}, "arrow");
}

void TextDesk::setClass(std::int64_t number) {
    if (number == 0 || !m_desk) return m_view->setLabel({});
    const auto look = labelOf(m_desk->classes, number);
    m_view->setLabel({look.name, look.colour});
}

bool TextDesk::takeClass(std::int64_t number) {
    setClass(number);
    if (m_view->hasSelection()) {
        m_view->markSelection();
        return true;
    }
    if (m_view->selected().isEmpty()) return false;
    m_view->labelSelected();
    return true;
}

void TextDesk::setReadOnly(bool readOnly) {
    m_view->setReadOnly(readOnly);
    m_arrow->setDisabled(readOnly);
}

void TextDesk::select(const std::string& label) { m_view->select(QString::fromStdString(label)); }

QWidget* TextDesk::workplace() { return m_view; }

void TextDesk::setKeys(const LabelKeys* keys) {
    m_view->setKeyMap(keys->cursorKeys());
    ItemDesk::setKeys(keys);
}

std::vector<std::pair<QString, QString>> TextDesk::keys() const {
    return {{tr("Home, End"), tr("Beginning and end of the line, with Ctrl of the text; with Shift select")},
            {tr("Drag"), tr("Mark whole words with the chosen class; with Alt single characters")},
            {tr("Double click"), tr("Mark the word")}};
}

std::map<QString, std::function<void()>> TextDesk::acts() {
    auto acts = markActs(m_view);
    acts["take_proposal"] = [this] { m_view->acceptSuggestion(); };
    acts["take_proposals"] = [this] { m_view->acceptAllSuggestions(); };
    acts["arrow"] = [this] { m_view->beginRelation(); };
    return acts;
}

QString TextDesk::help() const {
    QString words = tr("Drag over words, or select them with Shift and the arrows, and press a digit: they get the class.");
    if (!keyOf("take_proposal").isEmpty()) words += ' ' + tr("%1 takes a proposal.").arg(keyOf("take_proposal"));
    if (!keyOf("arrow").isEmpty()) words += ' ' + tr("%1 draws an arrow.").arg(keyOf("arrow"));
    return words;
}

void TextDesk::retranslate() {
    m_arrowText->setText(keyed(tr("Arrows say"), "arrow") + ':');
    m_arrow->setAccessibleName(tr("What new arrows say"));
    m_arrow->setToolTip(tr("What one span has to do with the other, “works for” for example"));
}

}  // namespace lamina
