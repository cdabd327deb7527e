"""placeholder"""

from math import exp, fsum
from providers.pocketsphinx.protocol import Decoded


def confidence(decoded: Decoded) -> float:
    if not decoded.words:
        return 0.0
    return exp(fsum(w.log_posterior for w in decoded.words) / len(decoded.words))
