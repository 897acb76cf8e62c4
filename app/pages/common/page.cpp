#include "app/pages/common/page.h"
