// One row of a table in large type: a key gives it its class, or a number is typed.
#pragma once

#include <set>

#include "app/pages/label/item_desk.h"

class QGridLayout;
class QLabel;
class QLineEdit;
class QScrollArea;

namespace lamina {

class RowDesk : public ItemDesk {
    Q_OBJECT
public:
    explicit RowDesk(QWidget* parent = nullptr);

    void setDesk(std::shared_ptr<const LabelDesk> desk) override;
    void showItem(const ShownItem* item) override;
    void setClass(std::int64_t number) override;
    void setReadOnly(bool readOnly) override;
    bool takeClass(std::int64_t) override { return false; }
    bool isOfWholeItems() const override { return true; }
    QWidget* workplace() override;
    std::map<QString, std::function<void()>> acts() override;
    std::vector<std::pair<QString, QString>> keys() const override;
    QString help() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showState();
    void hideAnswers();
    void enterValue();
    void retranslate() override;

    std::shared_ptr<const LabelDesk> m_desk;
    QScrollArea* m_scroll;
    QWidget* m_sheet;
    QGridLayout* m_grid;
    std::vector<QLabel*> m_names, m_cells;
    std::set<std::size_t> m_answers;  ///< columns that say what is to be said of the rows: not shown
    QLabel *m_state, *m_valueText;
    QLineEdit* m_value;
    std::int64_t m_item = 0;
    LabelHeads m_heads;
};

}  // namespace lamina
