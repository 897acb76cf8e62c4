// The classes people label with: which one new labels get, its key, how often it is there; new ones are typed in below, a menu changes them, and dragging
// puts them into another order.
#pragma once

#include <QWidget>

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "core/project/label_class_record.h"
#include "core/project/label_item_record.h"

class QLabel;
class QLineEdit;
class QListWidgetItem;
class QMenu;
class QToolButton;

namespace lamina {

class ClassRows;
class LabelKeys;

class ClassList : public QWidget {
    Q_OBJECT
public:
    explicit ClassList(QWidget* parent = nullptr);

    void setClasses(const std::vector<LabelClassRecord>& classes, const LabelCounts& counts);
    /// Those that are no longer offered and could be again.
    void setRetired(std::vector<LabelClassRecord> retired) { m_retired = std::move(retired); }
    const std::vector<LabelClassRecord>& classes() const { return m_classes; }
    void setCounts(const LabelCounts& counts);
    /// Classes whose shapes are hidden, or locked: chosen in the list's menu or by a key.
    const std::set<std::int64_t>& hidden() const { return m_hidden; }
    const std::set<std::int64_t>& locked() const { return m_locked; }
    void toggleHidden(std::int64_t number);
    void toggleLocked(std::int64_t number);
    /// 0: none is chosen.
    std::int64_t chosen() const;
    void choose(std::int64_t number);
    /// By its place, from 0: digit keys.
    void chooseAt(std::size_t place);
    /// Classes of the picture on the screen are ticked.
    void setTicked(const std::vector<std::int64_t>& numbers);
    void setReadOnly(bool readOnly);
    /// In a package classes can be added, but those that are there stay as they are: only new ones come back.
    void setInPackage(bool package);
    void focusSearch();
    /// The keys of the page are these now; they outlive the list.
    void setKeys(const LabelKeys& keys);

signals:
    void chosenChanged(qint64 number);
    /// A click, or Enter in the search box: meant as a digit key is.
    void picked(qint64 number);
    void added(const QString& name);
    void looksChanged();  ///< hidden() or locked()
    void renameWanted(qint64 number, const QString& name);  ///< in the editor of the class
    /// Colour, key, meaning or parent; ids, never numbers, because numbers of merged classes stay with their labels.
    void changeWanted(const lamina::LabelClassRecord& record);
    /// All that are offered, in their new order and with their keys; the list shows it already.
    void orderWanted(const std::vector<lamina::LabelClassRecord>& classes);
    void mergeWanted(const std::string& from, const std::string& into);
    void retireWanted(const std::string& id);
    void offerWanted(const std::string& id);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void showCount(QListWidgetItem* item);
    void openMenu(std::int64_t number, const QPoint& place);
    void addChanges(QMenu& menu, std::int64_t number);
    void openEditor(std::int64_t number);
    void move(std::int64_t number, int by);
    void moveBefore(std::int64_t number, std::size_t before);
    bool takesChanges() const;
    QKeySequence keyAt(std::size_t place) const;
    QString keyed(const QString& text, const char* id) const;
    const LabelClassRecord* find(std::int64_t number) const;
    const QListWidgetItem* firstBeginningWith(const QString& text) const;
    void wander(int step);
    void entered();
    void retranslate();

    std::vector<LabelClassRecord> m_classes, m_retired;
    LabelCounts m_counts;
    std::vector<std::int64_t> m_ticked;
    std::set<std::int64_t> m_hidden, m_locked;
    const LabelKeys* m_keys = nullptr;
    std::vector<QObject*> m_shortcuts;
    bool m_inPackage = false;
    bool m_wandered = false;  ///< arrows in the search box chose among what it found
    ClassRows* m_list;
    QLabel* m_none;
    QLineEdit* m_search;
    QToolButton* m_more;
};

}  // namespace lamina
