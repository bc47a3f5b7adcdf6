// Part of invhlo, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "invhlo/Bridge/BoolLiterals.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringExtras.h"

using llvm::StringRef;

/// The number of elements of the `tensor<...xi1>` that `text` begins with.
static std::optional<uint64_t> parseBoolTensor(StringRef text) {
  if (!text.consume_front("tensor<"))
    return std::nullopt;
  uint64_t count = 1, size;
  while (!text.consumeInteger(10, size) && text.consume_front("x"))
    count *= size;
  if (!text.starts_with("i1>") && !text.starts_with("i1,"))
    return std::nullopt;
  return count;
}

/// Rewrites the bytes of boolean literals that take `bytesPer(count)` bytes.
static std::optional<std::string>
rewrite(StringRef text, llvm::function_ref<uint64_t(uint64_t)> bytesPer,
        llvm::function_ref<std::string(StringRef, uint64_t)> rewriteBytes) {
  constexpr llvm::StringLiteral open = "dense<\"0x", close = "\"> : ";
  std::optional<std::string> result;
  size_t copied = 0, position = 0;
  while ((position = text.find(open, position)) != StringRef::npos) {
    size_t begin = position + open.size(), end = text.find('"', begin);
    if (end == StringRef::npos)
      break;
    position = end;
    StringRef rest = text.substr(end), digits = text.slice(begin, end);
    std::string bytes;
    if (!rest.consume_front(close))
      continue;
    std::optional<uint64_t> count = parseBoolTensor(rest);
    if (!count || digits.size() != 2 * bytesPer(*count) ||
        !llvm::tryGetFromHex(digits, bytes))
      continue;
    if (!result)
      result.emplace();
    *result += text.slice(copied, begin);
    *result += llvm::toHex(rewriteBytes(bytes, *count));
    copied = end;
  }
  if (result)
    *result += text.substr(copied);
  return result;
}

static uint64_t countBytes(uint64_t count) { return count; }
static uint64_t countPacked(uint64_t count) { return (count + 7) / 8; }

std::optional<std::string> invhlo::packBoolLiterals(StringRef text) {
  return rewrite(text, countBytes, [](StringRef bytes, uint64_t count) {
    std::string packed(countPacked(count), 0);
    for (uint64_t i = 0; i < count; ++i)
      if (bytes[i])
        packed[i / 8] |= 1 << (i % 8);
    return packed;
  });
}

std::optional<std::string> invhlo::unpackBoolLiterals(StringRef text) {
  return rewrite(text, countPacked, [](StringRef packed, uint64_t count) {
    std::string bytes(count, 0);
    for (uint64_t i = 0; i < count; ++i)
      bytes[i] = packed[i / 8] >> (i % 8) & 1;
    return bytes;
  });
}
