#include "column_kernels.h"
