// One text with its spans and arrows; spans that were marked elsewhere are proposed.
#pragma once

#include <memory>

#include "app/pages/label/item_desk.h"
#include "core/annotation/span_dictionary.h"
#include "core/annotation/text_offsets.h"
#include "widgets/spans/span_mark.h"

class QComboBox;
class QLabel;

namespace lamina {

class SpanView;

class TextDesk : public ItemDesk {
    Q_OBJECT
public:
    explicit TextDesk(Workspace& workspace, QWidget* parent = nullptr);

    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;
    void setClass(std::int64_t number) override;
    void setReadOnly(bool readOnly) override;
    bool takeClass(std::int64_t number) override;
    void select(const std::string& label) override;
    QWidget* workplace() override;
    void setKeys(const LabelKeys* keys) override;
    std::map<QString, std::function<void()>> acts() override;
    std::vector<std::pair<QString, QString>> keys() const override;
    QString help() const override;

private:
    void edited(const SpanEdit& edit);
    void connectSpans(const QString& from, const QString& to);
    void readDictionary();
    void propose();
    void learn(const SpanMark& span);
    LabelChange changeOf(const SpanMark& span) const;
    std::int64_t numberOf(const std::string& name) const;
    void retranslate() override;

    Workspace& m_workspace;
    std::shared_ptr<const LabelDesk> m_desk;
    SpanView* m_view;
    QLabel* m_arrowText;
    QComboBox* m_arrow;
    std::int64_t m_item = 0;
    std::string m_text;
    std::unique_ptr<TextOffsets> m_offsets;
    LabelHeads m_heads;
    SpanDictionary m_dictionary;
    std::string m_dictionaryOf;  ///< the dataset
};

}  // namespace lamina
