// Looks at a page again every few seconds, for those who wait for somebody's word.
export default function lookAgain() {
  setTimeout(() => location.reload(), 4000);
}
